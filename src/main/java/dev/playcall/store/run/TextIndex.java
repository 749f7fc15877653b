package dev.playcall.store.run;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The words by which a run is found. */
final class TextIndex {
    private static final int LONGEST = 64_000;

    private TextIndex() {}

    /** Writes the words of a run, in place of those that were there. */
    public static void write(Handle h, Run run, List<HostResult> hosts, List<String> lines) {
        var part = TextParts.of(h, run.id().value()).name();
        h.createUpdate("insert or replace into %s (rowid, words) values (:id, :words)".formatted(part))
                .bind("id", run.id().value())
                .bind("words", words(run, hosts, lines))
                .execute();
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
    public static Optional<String> question(String typed) {
        var parts = typed.split("\"", -1);
        var terms = new ArrayList<String>();
        for (int i = 0; i < parts.length; i++) {
            boolean phrase = i % 2 == 1 && i < parts.length - 1;
            if (phrase) {
                term(parts[i], "").ifPresent(terms::add);
            } else {
                Arrays.stream(parts[i].split("\\s+", -1))
                        .forEach(w -> term(w, "*").ifPresent(terms::add));
            }
        }
        return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", terms));
    }

    private static Optional<String> term(String text, String end) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit)
                ? Optional.of('"' + text.replace("\0", " ") + '"' + end)
                : Optional.empty();
    }
}
