/** Tells people and programs what happened: at least once, or shown as dead with the reason. */
@org.jspecify.annotations.NullMarked
package dev.playcall.notify;
