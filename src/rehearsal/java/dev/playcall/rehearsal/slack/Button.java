package dev.playcall.rehearsal.slack;

/** A button that is on show. */
public record Button(String actionId, String label, String value) {}
