package dev.playcall.rehearsal.discord;

/** A button as it is seen; a link has a url and no custom id. */
public record Button(String label, String customId, String url, int style, boolean enabled) {}
