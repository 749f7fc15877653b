/** The cards of runs, batches and alerts. */
@NullMarked
package dev.playcall.chat.card;

import org.jspecify.annotations.NullMarked;
