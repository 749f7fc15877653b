package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Value;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.security.secret.Keyring;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import dev.playcall.store.Database;
import dev.playcall.testing.Runs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import picocli.CommandLine;

/** What a backup brings back. */
@ResourceLock("java.lang.System.properties")
class BackupTest {
    private static final Person ADA = new Person("web:ada");

    @TempDir
    Path home;

    private final StringWriter said = new StringWriter();

    private int playcall(Path project, String... words) throws Exception {
        Files.createDirectories(project.resolve("config"));
        Files.writeString(
                project.resolve("config/playcall.yml"),
                "paths: { data: \"" + project.resolve("data") + "\" }\n" + "store: { url: \"jdbc:sqlite:"
                        + project.resolve("data/playcall.db") + "\" }\n");
        var command = new CommandLine(new PlaycallCommand.Whole(Invocation.ofThisProcess()));
        command.setOut(new PrintWriter(said));
        command.setExecutionExceptionHandler((e, _, _) -> {
            said.append(e.getMessage());
            return Main.USAGE;
        });
        var all = new java.util.ArrayList<>(List.of(words));
        all.add("--config=" + project.resolve("config/playcall.yml"));
        return command.execute(all.toArray(String[]::new));
    }

    private static SecretService vault(Database database, Path data) {
        var keys = new Keyring(data.resolve("keys/secrets.json"), "");
        var secrets = new SecretService(database.secrets(), keys, new Redactor(List.of()), Clock.systemUTC());
        secrets.open();
        return secrets;
    }

    private static AuditLog audit(Database database, Path data) {
        return new AuditLog(database.audit(), new AuditSignature(data), t -> t, Clock.systemUTC());
    }

    private Path filled(String name) throws Exception {
        var data = Files.createDirectories(home.resolve(name).resolve("data"));
        try (var database = Database.open("jdbc:sqlite:" + data.resolve("playcall.db"), Clock.systemUTC())) {
            vault(database, data).set(SecretRef.global("token"), SecretKind.TEXT, new SecretText("kept-" + name), ADA);
            audit(database, data).record(AuditNote.done(ADA, "web", "secret.set", name));
        }
        return home.resolve(name);
    }

    private static String token(Path project) {
        var data = project.resolve("data");
        try (var database = Database.open("jdbc:sqlite:" + data.resolve("playcall.db"), Clock.systemUTC())) {
            assertThat(audit(database, data).verify().findings()).isEmpty();
            return vault(database, data)
                    .reveal(new Value.Secret("global/token", Value.Secret.Usage.VARIABLE))
                    .map(SecretText::reveal)
                    .orElse("gone");
        }
    }

    @Test
    void everythingComesBackWithItsKeysAndTheOldIsSetAside() throws Exception {
        var first = filled("first");
        var second = filled("second");
        var file = home.resolve("copy.zip");
        assertThat(playcall(first, "backup", file.toString()))
                .as(said.toString())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(playcall(second, "restore", file.toString())).isEqualTo(Main.USAGE);
        assertThat(said.toString()).contains("--force");
        assertThat(token(second)).isEqualTo("kept-second");
        assertThat(playcall(second, "restore", "--force", file.toString()))
                .as(said.toString())
                .isZero();
        assertThat(token(second)).isEqualTo("kept-first");
        try (var keys = Files.list(second.resolve("data/keys"))) {
            assertThat(keys.toList())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(k -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(k)))
                            .isEqualTo("rw-------"));
        }
        assertThat(said.toString()).contains("before-restore-");
    }

    /** Every row of what is only ever added to, as text. */
    private static List<String> rows(Path project) throws Exception {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve("data/playcall.db"));
                var work = connection.createStatement();
                var found = work.executeQuery("select sequence || ' ' || run || ' ' || type || ' ' || body || ' '"
                        + " || (select state || request from run where id = event.run) from event order by sequence")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    @Test
    void whatIsRestoredIsOneMomentOfAGatewayThatWasWorking() throws Exception {
        var first = filled("first");
        var second = home.resolve("second");
        var file = home.resolve("moment.zip");
        var data = first.resolve("data");
        int before;
        int after;
        try (var database = Database.open("jdbc:sqlite:" + data.resolve("playcall.db"), Clock.systemUTC())) {
            var audit = audit(database, data);
            var goOn = new AtomicBoolean(true);
            var made = new AtomicInteger();
            var load = Thread.ofPlatform().start(() -> {
                while (goOn.get()) {
                    database.events().create(Runs.asked("deploy"), Instant.now());
                    audit.record(AuditNote.done(ADA, "web", "start", "#" + made.incrementAndGet()));
                }
            });
            Awaitility.await().until(() -> made.get() > 200);
            before = made.get();
            assertThat(playcall(first, "backup", file.toString()))
                    .as(said.toString())
                    .isZero();
            after = made.get() + 1;
            goOn.set(false);
            load.join();
        }
        assertThat(playcall(second, "restore", file.toString()))
                .as(said.toString())
                .isZero();
        var kept = rows(second);
        assertThat(kept).hasSizeBetween(before, after).isEqualTo(rows(first).subList(0, kept.size()));
        assertThat(token(second)).isEqualTo("kept-first");
    }

    @Test
    void withoutKeysTheyStayWhereTheyAre() throws Exception {
        var project = filled("only");
        var file = home.resolve("bare.zip");
        assertThat(playcall(project, "backup", "--without-keys", file.toString()))
                .isZero();
        try (var zip = new java.util.zip.ZipFile(file.toFile())) {
            assertThat(zip.stream().map(java.util.zip.ZipEntry::getName))
                    .containsExactlyInAnyOrder("backup.json", "audit.head", "playcall.db");
        }
        assertThat(playcall(project, "restore", "--force", file.toString()))
                .as(said.toString())
                .isZero();
        assertThat(token(project)).isEqualTo("kept-only");
    }

    @Test
    void whatIsNoBackupChangesNothing() throws Exception {
        var project = filled("only");
        var file = home.resolve("other.zip");
        Files.writeString(file, "PK nothing of the kind");
        assertThat(playcall(project, "restore", "--force", file.toString())).isEqualTo(Main.USAGE);
        assertThat(said.toString()).contains("is no backup of Playcall");
        assertThat(token(project)).isEqualTo("kept-only");
        try (var left = Files.list(project.resolve("data"))) {
            assertThat(left).noneMatch(p -> p.getFileName().toString().startsWith("restore-"));
        }
    }
}
