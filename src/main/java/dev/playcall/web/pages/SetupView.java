package dev.playcall.web.pages;

/** Where the first account is made. */
public record SetupView(String proof, String key, String name, String wrong) {}
