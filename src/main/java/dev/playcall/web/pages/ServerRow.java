package dev.playcall.web.pages;

/** One host in the operations table. */
public record ServerRow(String host, Cell ssh, Cell provision, Cell deploy, Cell whole) {}
