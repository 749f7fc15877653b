package dev.playcall.web.inventory;

/** One server of the page for everybody. */
public record PublicHost(String name, String word, String tone, String sign) {}
