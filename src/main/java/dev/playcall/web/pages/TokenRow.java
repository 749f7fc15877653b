package dev.playcall.web.pages;

/** One token of somebody. */
public record TokenRow(String name, String scopes, String expires, String expiresAt, String used, boolean expired) {}
