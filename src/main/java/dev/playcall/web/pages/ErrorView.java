package dev.playcall.web.pages;

/** A page that cannot be shown. */
public record ErrorView(int status, String title, String detail) {}
