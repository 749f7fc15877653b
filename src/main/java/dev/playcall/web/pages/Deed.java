package dev.playcall.web.pages;

/**
 * What can be done to a run.
 *
 * @param tone {@code first}, {@code danger} or empty
 * @param ask what is asked before it is done, empty for nothing
 * @param denied why this visitor may not, empty when they may
 */
public record Deed(String label, String path, String tone, String ask, String denied) {}
