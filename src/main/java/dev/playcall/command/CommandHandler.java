package dev.playcall.command;

/** Takes every command from every door: chat, page, API, schedule, webhook. Safe for use by several threads. */
public interface CommandHandler {
    /** What is expected to go wrong is a {@link Reply}; an exception is a fault. */
    Reply handle(Command command, Caller caller);
}
