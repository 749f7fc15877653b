/** Deliveries to receivers: attempts, rates, circuit breaker. */
@NullMarked
package dev.playcall.notify.dispatch;

import org.jspecify.annotations.NullMarked;
