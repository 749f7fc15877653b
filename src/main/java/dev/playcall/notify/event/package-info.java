/** Events, notifications and deliveries: what is stored. */
@NullMarked
package dev.playcall.notify.event;

import org.jspecify.annotations.NullMarked;
