package dev.playcall.web.pages;

/**
 * Something that can be done from a page.
 *
 * @param body what is posted to start it at once; empty when {@code link} leads to a form first
 * @param denied why this visitor may not, empty when they may
 */
public record Act(String label, String body, String link, String denied) {}
