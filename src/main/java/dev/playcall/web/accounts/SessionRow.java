package dev.playcall.web.accounts;

/** One browser of somebody. */
public record SessionRow(String opened, String seen, String address) {}
