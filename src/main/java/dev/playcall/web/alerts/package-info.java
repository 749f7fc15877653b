/** Alerts and silences as pages: what is open, its history, and what is done about it. */
@NullMarked
package dev.playcall.web.alerts;

import org.jspecify.annotations.NullMarked;
