package dev.playcall.web.accounts;

/** Where the first account is made. */
record SetupView(String proof, String key, String name, String wrong) {}
