package dev.playcall.web;

import dev.playcall.command.Caller;
import dev.playcall.domain.RunId;
import java.util.Optional;

/** The conversation as text, for the command line. */
public interface TextConsole {

    /** Answer to a line; {@code run} is the run it made or spoke of. */
    record Said(String text, boolean refused, Optional<RunId> run) {}

    Said say(Caller caller, String text, int width, boolean colour);

    /** The card of a run, empty when there is no such run. */
    Optional<String> card(RunId run, int width, boolean colour);
}
