package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.config.Quantities;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@code audit}: who did what, and what was refused. */
final class AuditQueries {
    private static final int SHOWN = 20;

    private final AuditLog audit;
    private final RunCards cards;

    AuditQueries(AuditLog audit, RunCards cards) {
        this.audit = audit;
        this.cards = cards;
    }

    /** What the words ask for; each may be given once, in any order. */
    private static final class Filter {
        private Optional<String> person = Optional.empty();
        private Optional<String> environment = Optional.empty();
        private Optional<Long> run = Optional.empty();
        private Optional<AuditVerdict> verdict = Optional.empty();
        private Optional<Instant> from = Optional.empty();

        void read(String word, Catalog catalog, Instant now) {
            var time = since(word, now);
            var decision = Arrays.stream(AuditVerdict.values())
                    .filter(v -> v.word().equals(word))
                    .findFirst();
            if (time.isPresent()) {
                from = time;
            } else if (decision.isPresent()) {
                verdict = decision;
            } else if (word.matches("#\\d{1,15}|\\d{1,9}")) {
                run = CommandParser.runId(word).map(r -> r.value());
            } else if (EnvironmentName.isValid(word)
                    && catalog.environment(new EnvironmentName(word)).isPresent()) {
                environment = Optional.of(word);
            } else {
                person = Optional.of(word.replaceAll("^<@!?([A-Z0-9]+)(\\|[^>]*)?>$", "$1"));
            }
        }

        private static Optional<Instant> since(String word, Instant now) {
            try {
                return word.matches("\\d{4}-\\d\\d-\\d\\d")
                        ? Optional.of(LocalDate.parse(word)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant())
                        : Quantities.positiveDuration(word).map(now::minus);
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        Map<String, String> parameters() {
            Map<String, String> all = new LinkedHashMap<>();
            person.ifPresent(p -> all.put("person", p));
            environment.ifPresent(e -> all.put("environment", e));
            run.ifPresent(r -> all.put("run", r.toString()));
            verdict.ifPresent(v -> all.put("decision", v.word()));
            from.ifPresent(f -> all.put("from", f.toString()));
            return all;
        }

        AuditQuery query() {
            return new AuditQuery(
                    person,
                    environment,
                    run,
                    Optional.empty(),
                    verdict,
                    from,
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    SHOWN);
        }
    }

    private static Filter filter(List<String> words, Catalog catalog, Instant now) {
        var filter = new Filter();
        words.stream().filter(w -> !w.equals("since")).forEach(w -> filter.read(w, catalog, now));
        return filter;
    }

    /** What the words ask for, as parameters of the API. */
    static Map<String, String> parameters(List<String> words, Catalog catalog, Instant now) {
        return filter(words, catalog, now).parameters();
    }

    Answer answer(List<String> words, Catalog catalog) {
        var now = cards.clock().instant();
        var found = audit.find(filter(words, catalog, now).query());
        if (found.isEmpty()) {
            var what = words.isEmpty() ? "No audit entries yet" : "No audit entries for " + shown(words);
            return Answer.of(Message.line(Tone.PLAIN, what));
        }
        var rows = found.stream().map(e -> row(e, now)).toList();
        var title = "The last " + found.size() + " entries" + (words.isEmpty() ? "" : " of " + shown(words));
        return Answer.of(Message.of(
                new Block.Title(Tone.PLAIN, title),
                new Block.Table(List.of("Time", "Person", "Channel", "Action", "Decision", "Reason"), rows)));
    }

    private static String shown(List<String> words) {
        return UntrustedText.line(String.join(" ", words), 80);
    }

    private List<String> row(AuditEntry entry, Instant now) {
        var note = entry.note();
        return List.of(
                TextFormat.ago(entry.at(), now),
                cards.name(note.person()),
                UntrustedText.line(note.channel(), 30),
                UntrustedText.line(note.action() + " " + note.subject(), 60),
                note.verdict().word(),
                UntrustedText.line(cards.named(why(note)), 80));
    }

    private static String why(AuditNote note) {
        var run = note.details().getOrDefault(AuditNote.RUN, "");
        boolean made = !run.isEmpty() && !note.subject().equals("#" + run);
        return note.reason().isEmpty() && made ? "run #" + run : note.reason();
    }
}
