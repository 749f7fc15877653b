/** Signing and checking by the Standard Webhooks rules, for what is sent and what is received. */
@org.jspecify.annotations.NullMarked
package dev.playcall.notify;
