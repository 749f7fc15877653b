package dev.playcall.background;

/** What works by itself from its start until it is closed. */
public interface BackgroundService extends AutoCloseable {
    /** Once. */
    void start();

    /** Also of one that was never started. */
    @Override
    void close();
}
