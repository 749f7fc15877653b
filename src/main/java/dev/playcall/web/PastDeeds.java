package dev.playcall.web;

import dev.playcall.security.AuditEntry;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditQuery;
import dev.playcall.security.Verdict;
import dev.playcall.web.pages.Past;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was done last of something, as the audit log has it for ever. */
final class PastDeeds {
    private static final int LOOKED_AT = 200;

    private final AuditLog audit;
    private final Instant now;

    PastDeeds(AuditLog audit, Instant now) {
        this.audit = audit;
        this.now = now;
    }

    /** The last changes of a setting. */
    List<Past> ofSetting(String key, int most) {
        return Stream.of("settings.set", "settings.reset")
                .flatMap(deed -> audit.find(query(deed, Optional.of(Verdict.DONE), LOOKED_AT)).stream())
                .filter(e ->
                        e.note().subject().equals(key) || e.note().subject().startsWith(key + " "))
                .sorted(Comparator.comparingLong(AuditEntry::sequence).reversed())
                .limit(most)
                .map(this::past)
                .toList();
    }

    /** How it ended the last times that somebody wanted it, by whatever door. */
    List<Past> of(String deed, int most) {
        return audit.find(query(deed, Optional.empty(), 2 * most)).stream()
                .filter(e -> e.note().verdict() != Verdict.ASKED)
                .limit(most)
                .map(this::past)
                .toList();
    }

    private static AuditQuery query(String deed, Optional<Verdict> verdict, int most) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(deed),
                verdict,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                most);
    }

    private Past past(AuditEntry entry) {
        var note = entry.note();
        return new Past(
                note.reason().replaceFirst("; it stays so.*", ""),
                note.details().getOrDefault("reason", ""),
                note.person().value(),
                Ages.ago(entry.at(), now),
                Json.time(entry.at()),
                note.verdict() == Verdict.DONE);
    }
}
