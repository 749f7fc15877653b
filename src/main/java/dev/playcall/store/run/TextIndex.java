package dev.playcall.store.run;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.store.sql.Dialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The words by which a run is found. */
public final class TextIndex {
    private static final int LONGEST = 64_000;

    private TextIndex() {}

    /** Writes the words of a run, in place of those that were there. */
    static void write(Handle h, Run run, List<HostResult> hosts, List<String> lines) {
        var words = words(run, hosts, lines);
        var statement = switch (Dialect.of(h)) {
            case SQLITE ->
                h.createUpdate("insert or replace into %s (rowid, words) values (:id, :words)"
                                .formatted(TextParts.of(h, run.id().value()).name()))
                        .bind("words", words);
            case POSTGRESQL ->
                h.createUpdate("insert into run_text (rowid, words) values (:id, cast(:words as tsvector))"
                                + " on conflict (rowid) do update set words = excluded.words")
                        .bind("words", TextVector.of(words));
        };
        statement.bind("id", run.id().value()).execute();
    }

    /** As PostgreSQL reads them; {@code words} in their order, as another index has them. */
    public static String vector(List<String> words) {
        return TextVector.of(String.join(" ", words));
    }

    /** Writes into SQLite what another index has of a run, in its order. */
    public static void copy(Handle h, long run, List<String> words) {
        h.createUpdate("insert into %s (rowid, words) values (:id, :words)"
                        .formatted(TextParts.of(h, run).name()))
                .bind("id", run)
                .bind("words", String.join(" ", words))
                .execute();
    }

    /** That the words of a row fit the question {@code :text}. */
    static String condition(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> "words match :text";
            case POSTGRESQL -> "words @@ cast(:text as tsquery)";
        };
    }

    private static String words(Run run, List<HostResult> hosts, List<String> lines) {
        var all = new ArrayList<String>();
        all.addAll(asked(run.request()));
        all.add(run.reason());
        for (var host : hosts) {
            if (host.failedTask().isPresent() || host.outcome().isBad()) {
                all.add(host.host());
                host.failedTask().ifPresent(all::add);
                host.message().ifPresent(all::add);
            }
        }
        all.addAll(lines);
        var text = all.stream().filter(t -> !t.isBlank()).distinct().collect(Collectors.joining("\n"));
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static List<String> asked(RunRequest r) {
        return Stream.of(
                        r.operation().value(),
                        r.playbook().map(Object::toString).orElse(""),
                        r.environment().value(),
                        r.name(),
                        r.description(),
                        r.limit(),
                        String.join(" ", r.tags()),
                        r.version().orElse(""))
                .toList();
    }

    /**
     * What was typed as a question to the index: every word has to be there, or begin one that is; what stands between
     * double quotes has to be there as it is. Empty when there is no letter and no digit in it.
     */
    static Optional<String> question(String typed, Dialect dialect) {
        var parts = typed.split("\"", -1);
        var terms = new ArrayList<String>();
        for (int i = 0; i < parts.length; i++) {
            boolean phrase = i % 2 == 1 && i < parts.length - 1;
            if (phrase) {
                term(parts[i], false, dialect).ifPresent(terms::add);
            } else {
                Arrays.stream(parts[i].split("\\s+", -1))
                        .forEach(w -> term(w, true, dialect).ifPresent(terms::add));
            }
        }
        return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(and(dialect), terms));
    }

    private static String and(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> " ";
            case POSTGRESQL -> " & ";
        };
    }

    /** @param begins whether the last word of it may go on */
    private static Optional<String> term(String text, boolean begins, Dialect dialect) {
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (dialect) {
                    case SQLITE -> '"' + text.replace("\0", " ") + '"' + (begins ? "*" : "");
                    case POSTGRESQL -> TextVector.phrase(text, begins);
                });
    }
}
