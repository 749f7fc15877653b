package dev.playcall.command;

/** The only way in: every command of every door is checked, authorised, recorded and queued here. */
public interface CommandHandler {
    Reply handle(Command command, Caller caller);
}
