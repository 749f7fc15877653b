/** What a message says, by template where the configuration has one. */
@org.jspecify.annotations.NullMarked
package dev.playcall.notify.wording;
