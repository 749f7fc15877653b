/** The ways to reach a receiver. */
@org.jspecify.annotations.NullMarked
package dev.playcall.notify.sink;
