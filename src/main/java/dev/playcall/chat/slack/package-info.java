/** Slack: two Socket Mode connections of our own, the Web API, Block Kit. One public adapter and its manifest. */
@NullMarked
package dev.playcall.chat.slack;

import org.jspecify.annotations.NullMarked;
