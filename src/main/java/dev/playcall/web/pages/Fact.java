package dev.playcall.web.pages;

/** One line of a run's card. {@code exact} is a longer form, {@code link} an address; both may be empty. */
public record Fact(String name, String value, String exact, String link) {}
