/** Messages by mail. */
@org.jspecify.annotations.NullMarked
package dev.playcall.notify.mail;
