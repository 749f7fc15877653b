package dev.playcall.web.http;

import dev.playcall.command.Caller;
import dev.playcall.domain.name.RunId;
import java.util.List;
import java.util.Optional;

/** The conversation as text, for the command line. */
public interface TextConsole {

    /**
     * Answer to a line.
     *
     * @param run the run it made or spoke of
     * @param sensitive whether the line may have a secret in it and belongs in no history
     */
    record Result(String text, boolean refused, Optional<RunId> run, boolean sensitive) {}

    /**
     * What may follow at the end of a line.
     *
     * @param value the whole last word; empty when anything may be typed
     * @param label what it is
     */
    record Suggestion(String value, String label) {}

    /** What may follow, the most likely first. */
    List<Suggestion> suggest(Caller caller, String line);

    Result run(Caller caller, String text, int width, boolean colour);

    /** Answer to words that a shell has cut. */
    Result run(Caller caller, List<String> words, int width, boolean colour);

    /**
     * Where the API has the record of what these words show.
     *
     * @throws ProblemException when they show none
     */
    String record(Caller caller, List<String> words);

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
