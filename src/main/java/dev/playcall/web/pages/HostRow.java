package dev.playcall.web.pages;

/** One host of a run. */
public record HostRow(
        String host,
        String tone,
        String sign,
        String outcome,
        String tasks,
        String took,
        String task,
        String message) {}
