/** From an event to the answer of each receiver: groups, deliveries, attempts, rates, circuit breakers. */
@NullMarked
package dev.playcall.notify.dispatch;

import org.jspecify.annotations.NullMarked;
