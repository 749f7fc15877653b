/** What Slack sends: Socket Mode, HTTP, signatures, acknowledgement. */
@NullMarked
package dev.playcall.chat.slack.events;

import org.jspecify.annotations.NullMarked;
