package dev.playcall.web.accounts;

/** One token of somebody. */
record TokenRow(String name, String scopes, String expires, String expiresAt, String used, boolean expired) {}
