package dev.playcall.web.accounts;

/** One browser of somebody. */
record SessionRow(String opened, String seen, String address) {}
