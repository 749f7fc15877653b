package dev.playcall.web.pages;

/** A choice that is on or off; {@code link} leads to the page with it the other way round. */
public record Chip(String label, String link, boolean on) {}
