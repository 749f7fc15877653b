package dev.playcall.chat;

/**
 * Something a channel or a person is still to be told.
 *
 * @param place a channel, {@code slack:C0123}, or a person with an at sign before, {@code @slack:U0123}
 */
public record Saying(long id, String place, String text) {}
