/** Alerts and silences. */
@NullMarked
package dev.playcall.command.alert;

import org.jspecify.annotations.NullMarked;
