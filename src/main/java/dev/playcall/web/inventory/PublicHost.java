package dev.playcall.web.inventory;

/** One server of the page for everybody. */
record PublicHost(String name, String word, String tone, String sign) {}
