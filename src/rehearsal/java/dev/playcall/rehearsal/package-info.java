/** Chat platforms in miniature: local servers that speak the wire protocols of Slack and Discord, for the demo and the tests. */
@NullMarked
package dev.playcall.rehearsal;

import org.jspecify.annotations.NullMarked;
