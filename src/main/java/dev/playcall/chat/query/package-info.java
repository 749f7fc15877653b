/** Commands that only read: status, history, statistics, alerts. */
@NullMarked
package dev.playcall.chat.query;

import org.jspecify.annotations.NullMarked;
