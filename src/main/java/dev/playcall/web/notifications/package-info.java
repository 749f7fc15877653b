/** Notifications, alerts and inbound hooks: page and API. */
@NullMarked
package dev.playcall.web.notifications;

import org.jspecify.annotations.NullMarked;
