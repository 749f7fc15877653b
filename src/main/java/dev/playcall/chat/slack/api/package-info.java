/** Calls of the Slack Web API and their errors. */
@NullMarked
package dev.playcall.chat.slack.api;

import org.jspecify.annotations.NullMarked;
