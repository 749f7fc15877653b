package dev.playcall.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.Redactor;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.Enqueued;
import dev.playcall.testing.Fuzz;
import dev.playcall.testing.LoggedFaults;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is typed, pressed or filled in: an answer comes, and only what is offered is enqueued. */
class ConversationFuzzIT {
    private static final Caller MALLORY = new Caller(new Person("slack:mallory"), Origin.of("slack:C1"));
    private static final List<String> ENVIRONMENTS = List.of("production", "staging", "nowhere", "Production", "all");
    private static final List<String> PLAYBOOKS =
            List.of("deploy", "wipe", "migrate", "every", "../deploy", "deploy.yml");
    private static final List<String> OPTIONS =
            List.of("--limit", "--tags", "--check", "--diff", "--yes", "-e", "-l", "-t", "--name", "--description");
    private static final List<String> VALUES =
            List.of("web-1", "web", "web,db-1", "all", "app", "v1.2.3", "blue", "true", "5", "1.5", "a,b", "OPS-12");
    private static final List<String> VARIABLES = List.of(
            "version", "target", "note", "count", "ratio", "sure", "items", "ticket", "password", "ansible_user");

    @TempDir
    private Path home;

    private Database database;
    private RunJournal journal;
    private ChatService chatService;
    private Enqueued enqueued;
    private int typed;

    @BeforeEach
    void open() throws IOException {
        write(
                "inventory/production/hosts.yml",
                "all: {children: {web: {hosts: {web-1: , web-2: }}, db: {hosts: {db-1: }}}}\n");
        write("inventory/staging/hosts.yml", "all: {hosts: {stage-1: }}\n");
        for (var name : List.of("deploy", "wipe", "migrate", "every", "ping")) {
            write("playbooks/" + name + ".yml", "- hosts: all\n  tasks: []\n");
        }
        write("playbooks/deploy.meta.yml", "title: Deploy\nvariables: {version: {type: version}}\n");
        write("playbooks/wipe.meta.yml", "title: Wipe\ndanger: high\n");
        write(
                "playbooks/migrate.meta.yml",
                "title: M\nvariables: {target: {type: choice, choices: [blue, green], required: true}}\n");
        write("playbooks/every.meta.yml", """
            title: Every kind
            variables:
              count: { type: integer }
              ratio: { type: number }
              sure: { type: boolean }
              items: { type: list }
              note: { type: text }
              ticket: { type: text, pattern: "OPS-[0-9]+" }
              password: { type: text, secret: true }
            """);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        var catalogs = new DiskCatalogs(config, clock);
        var audit = Audits.of(database, config.paths().data());
        var rights = OpenAccess.of(database);
        var secrets = MemorySecrets.vault(database.secrets(), home.resolve("keys.json"), new Redactor(List.of()));
        chatService = new ChatService(
                new QuerySources(
                        catalogs,
                        journal,
                        new FileLogs(home.resolve("logs")),
                        database.schedules(),
                        dev.playcall.testing.NoAlerts.of(database)),
                new AuditFilter(
                        new TestRouter(
                                catalogs,
                                journal,
                                rights,
                                Rules.of(config, catalogs, database.locks(), Set::of, secrets, clock),
                                secrets),
                        audit,
                        journal),
                new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS),
                database.chat(),
                rights,
                audit,
                secrets,
                (_, hosts, _) -> hosts);
        enqueued = new Enqueued(journal, catalogs.current(), Set.of("slack:mallory"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private void looksRight(Answer answer) {
        var text = new TextRenderer(100, false).render(answer.message());
        assertThat(text).isNotBlank().doesNotContain("Exception", "java.", "\tat ", "SQL");
        if (++typed % 100 == 0) {
            enqueued.look();
            ENVIRONMENTS.forEach(e -> chatService.answerText(MALLORY, "unlock " + e));
        }
    }

    @Test
    void anyLineIsAnswered() {
        try (var faults = new LoggedFaults()) {
            int tried = Fuzz.each("grammar", fuzz -> looksRight(chatService.answerText(MALLORY, line(fuzz))));
            enqueued.look();
            assertThat(faults.seen()).isEmpty();
            assertThat(tried).isGreaterThanOrEqualTo(Fuzz.share(60_000));
            assertThat(enqueued.looked()).as("some of it was meant well").isGreaterThan(Fuzz.share(500));
        }
    }

    private String line(Fuzz fuzz) {
        var words = new ArrayList<String>();
        var names = chatService.commands().stream().map(CommandEntry::name).toList();
        var command = fuzz.oneIn(25)
                ? fuzz.hostile()
                : fuzz.oneIn(3) ? fuzz.one(names) : fuzz.of("deploy", "play", "play every", "play migrate");
        words.add(command);
        if (command.equals("play")) {
            words.add(fuzz.one(PLAYBOOKS));
        }
        words.add(
                fuzz.oneIn(10)
                        ? fuzz.hostile()
                        : fuzz.oneIn(8) ? Integer.toString(fuzz.below(60)) : fuzz.one(ENVIRONMENTS));
        for (int i = fuzz.below(4); i > 0; i--) {
            words.add(more(fuzz));
        }
        var line = String.join(fuzz.oneIn(40) ? "\u00a0" : " ", words);
        return fuzz.oneIn(6) ? fuzz.spoiled(line) : line;
    }

    private static String more(Fuzz fuzz) {
        var value = fuzz.oneIn(4) ? fuzz.hostile() : fuzz.one(VALUES);
        return switch (fuzz.below(6)) {
            case 0 -> fuzz.one(OPTIONS) + " " + value;
            case 1 -> fuzz.one(OPTIONS) + "=" + value;
            case 2 -> fuzz.one(OPTIONS);
            case 3 -> value;
            default -> fuzz.one(VARIABLES) + "=" + (fuzz.oneIn(5) ? "\"" + value + "\"" : value);
        };
    }

    @Test
    void anyButtonFormAndCompletionIsAnswered() {
        try (var faults = new LoggedFaults()) {
            for (int i = 0; i < 20; i++) {
                chatService.answerText(MALLORY, i % 2 == 0 ? "deploy production" : "play migrate staging");
            }
            Fuzz.each("buttons", this::press);
            enqueued.look();
            assertThat(faults.seen()).isEmpty();
        }
    }

    private void press(Fuzz fuzz) {
        var kind = fuzz.one(List.of(Action.Kind.values())).name().toLowerCase(java.util.Locale.ROOT);
        var written = "v1:" + kind + ":" + fuzz.of("1", "2", Integer.toString(fuzz.below(40)), fuzz.hostile());
        Action.of(fuzz.oneIn(4) ? fuzz.spoiled(written) : written)
                .ifPresent(a -> looksRight(chatService.press(MALLORY, a)));
        var values = Map.of(fuzz.one(VARIABLES), fuzz.hostile(), fuzz.hostile(), fuzz.one(VALUES));
        looksRight(chatService.submit(MALLORY, fuzz.below(30) - 2L, values));
        var choices = chatService.complete(
                MALLORY,
                fuzz.oneIn(3) ? fuzz.hostile() : fuzz.of("deploy", "play", "audit", "logs", "help", "check"),
                fuzz.of("env", "limit", "version", "playbook", "run", "host", "vars", fuzz.hostile()),
                Map.of("env", fuzz.oneIn(2) ? "production" : fuzz.hostile()),
                fuzz.hostile());
        assertThat(choices).hasSizeLessThanOrEqualTo(100);
    }
}
