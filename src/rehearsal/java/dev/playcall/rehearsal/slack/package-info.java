/** Slack in miniature: its Web API and Socket Mode on this machine, as strict as the real one. */
@NullMarked
package dev.playcall.rehearsal.slack;

import org.jspecify.annotations.NullMarked;
