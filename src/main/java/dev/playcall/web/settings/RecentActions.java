package dev.playcall.web.settings;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.web.http.JsonBodies;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was done last of something, as the audit log has it for ever. */
final class RecentActions {
    private static final int LOOKED_AT = 200;

    private final AuditLog audit;
    private final Instant now;

    RecentActions(AuditLog audit, Instant now) {
        this.audit = audit;
        this.now = now;
    }

    /** The last changes of a setting. */
    List<RecentAction> ofSetting(String key, int most) {
        return Stream.of("settings.set", "settings.reset")
                .flatMap(action -> audit.find(query(action, Optional.of(AuditVerdict.DONE), LOOKED_AT)).stream())
                .filter(e ->
                        e.note().subject().equals(key) || e.note().subject().startsWith(key + " "))
                .sorted(Comparator.comparingLong(AuditEntry::sequence).reversed())
                .limit(most)
                .map(this::past)
                .toList();
    }

    /** How it ended the last times that somebody wanted it, by whatever door. */
    List<RecentAction> of(String action, int most) {
        return audit.find(query(action, Optional.empty(), 2 * most)).stream()
                .filter(e -> e.note().verdict() != AuditVerdict.ASKED)
                .limit(most)
                .map(this::past)
                .toList();
    }

    private static AuditQuery query(String action, Optional<AuditVerdict> verdict, int most) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(action),
                verdict,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                most);
    }

    private RecentAction past(AuditEntry entry) {
        var note = entry.note();
        return new RecentAction(
                note.reason().replaceFirst("; this survives restarts.*", ""),
                note.details().getOrDefault("reason", ""),
                note.person().inText(),
                TextFormat.ago(entry.at(), now),
                JsonBodies.time(entry.at()),
                note.verdict() == AuditVerdict.DONE);
    }
}
