package dev.playcall.rehearsal.discord;

/** Somebody was notified because a message or an edit did not say who may be. */
public record Ping(String messageId, String mention) {}
