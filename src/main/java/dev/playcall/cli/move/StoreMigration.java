package dev.playcall.cli.move;

import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.Config;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.store.Database;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code ./playcall migrate}: copies the database of an installation to PostgreSQL, whole or not at all. */
public final class StoreMigration {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final Config config;
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final Clock clock = Clock.systemUTC();

    /** @param environment of this process */
    public StoreMigration(Config config, Map<String, String> environment, PrintWriter out) {
        this.config = config;
        this.environment = environment;
        this.out = out;
    }

    /** @throws RefusedException with one line for the operator; then the target is as it was */
    public void to(String url, Optional<String> user) {
        var from = config.store().url();
        if (!from.startsWith(SQLITE) || !url.startsWith(POSTGRESQL)) {
            throw new RefusedException("a SQLite database is copied to PostgreSQL: migrate --to"
                    + " jdbc:postgresql://db.example.com/playcall");
        }
        var target = with(with(url, "user", user.or(() -> variable("PGUSER"))), "password", variable("PGPASSWORD"));
        var address = url.replaceFirst("\\?.*", "");
        var data = config.paths().data();
        try (var _ = GatewayFile.take(data)
                .orElseThrow(() -> new RefusedException("a Playcall process uses " + data + "; stop it first"))) {
            check(from, data, address);
            var rows = Database.copy(from, target, clock, copy -> verify(copy, data, "the copy"));
            report(address, user, rows);
        } catch (IllegalStateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
    }

    private static String with(String url, String key, Optional<String> value) {
        return value.map(v -> url
                        + (url.contains("?") ? '&' : '?')
                        + key
                        + '='
                        + URLEncoder.encode(v, StandardCharsets.UTF_8))
                .orElse(url);
    }

    /**
     * What is not sound here would not be sound there, and nobody could tell why. The attempt is recorded before the copy: what is
     * recorded only there would be missing here, where {@code data/audit.head} bears witness of it.
     */
    private void check(String from, Path data, String to) {
        try (var database = Database.open(from, clock)) {
            verify(database, data, "this installation");
            var person = new Person("console:" + System.getProperty("user.name", "unknown"));
            audit(database, data)
                    .record(new AuditNote(person, "cli", "migrate", to, AuditVerdict.ASKED, "", new TreeMap<>()));
        }
    }

    private void verify(Database database, Path data, String whose) {
        var report = audit(database, data).verify();
        if (!report.isSound()) {
            throw new IllegalStateException("the audit log of " + whose + " is not sound: "
                    + String.join("; ", report.findings()) + " (./playcall audit verify)");
        }
    }

    private AuditLog audit(Database database, Path data) {
        return new AuditLog(database.audit(), new AuditSignature(data), t -> t, clock);
    }

    private void report(String address, Optional<String> user, Map<String, Long> rows) {
        out.println("copied " + TextFormat.count(rows.getOrDefault("run", 0L), "run") + ", "
                + rows.getOrDefault("audit", 0L) + " entries of the audit log and everything else: "
                + rows.values().stream().mapToLong(Long::longValue).sum() + " rows");
        out.println("✓ audit log verified");
        out.println("now set store.url to " + address
                + user.map(u -> ", store.user to " + u).orElse(", store.user")
                + " and store.password, and start Playcall; the file of SQLite stays where it is");
        out.flush();
    }
}
