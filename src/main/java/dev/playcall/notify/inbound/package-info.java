/** What other systems post, made into notices: checked, decoded, pure. */
@org.jspecify.annotations.NullMarked
package dev.playcall.notify.inbound;
