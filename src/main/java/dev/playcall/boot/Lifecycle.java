package dev.playcall.boot;

/** One that works by itself from its start until it is closed. */
record Lifecycle(Runnable start, AutoCloseable running) {}
