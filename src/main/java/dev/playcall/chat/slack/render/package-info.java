/** Messages and views as Block Kit. */
@NullMarked
package dev.playcall.chat.slack.render;

import org.jspecify.annotations.NullMarked;
