/** Alerts, notifications, deliveries and chat messages. */
@NullMarked
package dev.playcall.store.notify;

import org.jspecify.annotations.NullMarked;
