/** Open alerts, silences, actions and escalation. */
@NullMarked
package dev.playcall.notify.alert;

import org.jspecify.annotations.NullMarked;
