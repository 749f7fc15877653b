package dev.playcall.chat.slack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.live.LiveMessages;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.journal.RunJournal;
import dev.playcall.rehearsal.slack.Shown;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.rehearsal.slack.Trait;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway without a runner, connected to a Slack on this machine. */
public final class SlackChannel implements AutoCloseable {
    public static final String OPS = "C0OPS";
    static final String PAGE = "https://ops.example.com";
    static final SocketLink.Timing QUICK = new SocketLink.Timing(
            Duration.ofSeconds(3), Duration.ofMillis(300), Duration.ofMillis(1200), Duration.ofMillis(800));

    private static final Duration LONG = Duration.ofSeconds(30);

    final SlackServer server = SlackServer.start();
    final Database database;
    public final RunJournal journal;
    public final ChatInbox chatInbox;
    final SlackAdapter adapter;
    private final Path home;
    private final LiveMessages live;
    private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();

    public SlackChannel(Path home) {
        this(home, 64, Duration.ofSeconds(2));
    }

    SlackChannel(Path home, int atOnce, Duration watchdog) {
        this.home = home;
        server.patience(LONG);
        copy("inventory");
        copy("playbooks");
        write("playbooks/migrate.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/migrate.meta.yml", """
            title: Migrate
            variables:
              target: { type: choice, choices: [blue, green], required: true, description: where to }
              note: { type: text, default: none }
            """);
        server.person("UALICE", "alice");
        server.person("UBOB", "bob");
        server.person("UGUEST", "gina", Trait.GUEST);
        server.person("UFOREIGN", "franz", Trait.FOREIGN);
        server.person("UBOT", "botty", Trait.BOT);
        var clock = Clock.systemUTC();
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        var catalogs = new DiskCatalogs(config, clock);
        var cards = new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS);
        var logs = new FileLogs(config.paths().logs());
        var commands = new TestRouter(catalogs, journal, OpenAccess.of(database), MemorySecrets.emptyVault());
        chatInbox = new ChatInbox(
                new ChatService(
                        new QuerySources(
                                catalogs,
                                journal,
                                logs,
                                database.schedules(),
                                dev.playcall.testing.NoAlerts.of(database)),
                        commands,
                        cards,
                        database.chat(),
                        OpenAccess.of(database),
                        Audits.of(database, config.paths().data()),
                        MemorySecrets.emptyVault(),
                        (_, hosts, _) -> hosts),
                database.chat(),
                clock,
                atOnce);
        adapter = new SlackAdapter(slack("socket"), clock, () -> true, PAGE, QUICK, watchdog);
        live = new LiveMessages(
                database.chat(),
                journal,
                cards,
                logs,
                List.of(adapter),
                List.of(new Channel("slack", OPS)),
                lanes,
                new java.util.Random(1));
    }

    public Config.Slack slack(String mode) {
        return new Config.Slack(
                new Config.Secret(SlackServer.BOT_TOKEN),
                new Config.Secret(SlackServer.APP_TOKEN),
                new Config.Secret(SlackServer.SIGNING_SECRET),
                mode,
                server.apiBase(),
                OPS);
    }

    private void copy(String folder) {
        var from = Path.of(folder);
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = home.resolve(file);
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        try {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts only the adapter: nothing is said but answers. */
    SlackChannel quiet() {
        adapter.start(chatInbox);
        connected();
        return this;
    }

    SlackChannel start() {
        live.start();
        return quiet();
    }

    void connected() {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> adapter.health() instanceof Health.Up(var how) && how.contains("2 of 2"));
    }

    Shown only(String channel) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> server.sights().messages(channel), m -> m.size() == 1)
                .getFirst();
    }

    Shown whispered(String user) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> server.sights().ephemerals(user), m -> !m.isEmpty())
                .getLast();
    }

    JsonNode view(String user, String containing) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> server.sights().view(user), v -> v.toString().contains(containing))
                .orElseThrow();
    }

    @Override
    public void close() {
        chatInbox.close();
        live.close();
        lanes.close();
        adapter.close();
        database.close();
        server.close();
    }
}
