package dev.playcall.web.pages;

/** One browser of somebody. */
public record SessionRow(String opened, String seen, String address) {}
