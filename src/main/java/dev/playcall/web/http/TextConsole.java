package dev.playcall.web.http;

import dev.playcall.command.Caller;
import dev.playcall.domain.name.RunId;
import java.util.List;
import java.util.Optional;

/** The conversation as text, for the command line. */
public interface TextConsole {

    /** Answer to a line; {@code run} is the run it made or spoke of. */
    record Result(String text, boolean refused, Optional<RunId> run) {}

    Result run(Caller caller, String text, int width, boolean colour);

    /** One message of a terminal; {@code key} stays the same while its text changes. */
    record Part(String key, String text) {}

    /** What a terminal shows of a run; {@code complete} when nothing will be added or changed. */
    record Shown(List<Part> parts, boolean complete) {
        public Shown {
            parts = List.copyOf(parts);
        }
    }

    /** What a terminal shows of a run, empty when there is no such run. */
    Optional<Shown> card(RunId run, int width, boolean colour);
}
