package dev.playcall.rehearsal.discord;

/** A role of a guild. */
public record Role(String id, String name, String guild) {}
