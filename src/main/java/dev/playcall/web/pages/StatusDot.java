package dev.playcall.web.pages;

/**
 * A playbook beside the pages, with how its last run stands.
 *
 * @param word what the colour means, for those who do not see it
 */
public record StatusDot(String name, String tone, String word, String link) {}
