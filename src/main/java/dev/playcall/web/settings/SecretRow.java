package dev.playcall.web.settings;

/** A secret as the page shows it: never with its value. */
record SecretRow(String scope, String name, String kind, String by, String age, String at) {}
