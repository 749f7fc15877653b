package dev.playcall.chat.message;

/**
 * Something a channel or a person is still to be told.
 *
 * @param key names it, so that it is said once
 * @param place a channel, {@code slack:C0123}, or a person with an at sign before, {@code @slack:U0123}
 */
public record PendingMessage(long id, String key, String place, String text) {}
