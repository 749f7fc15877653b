/** What Slack delivers, read and routed by Bolt. */
@NullMarked
package dev.playcall.chat.slack.bolt;

import org.jspecify.annotations.NullMarked;
