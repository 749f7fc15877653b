/** Platform-neutral conversation: grammar, messages, cards, live messages. */
@NullMarked
package dev.playcall.chat;

import org.jspecify.annotations.NullMarked;
