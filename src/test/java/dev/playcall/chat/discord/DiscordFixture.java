package dev.playcall.chat.discord;

import static org.awaitility.Awaitility.await;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.live.LiveMessages;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import dev.playcall.rehearsal.discord.DiscordServer;
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
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Everything but the runner around the adapter: the life of a run is driven by hand. */
public final class DiscordFixture implements AutoCloseable {
    final Database database;
    public final RunJournal journal;
    public final DiscordAdapter adapter;
    private final Path home;
    private final ChatInbox chatInbox;
    private final LiveMessages live;
    private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();

    public DiscordFixture(Path home, DiscordServer discord) {
        this(home, discord, 64, List.of());
    }

    DiscordFixture(Path home, DiscordServer discord, int capacity, List<String> guilds) {
        this.home = home;
        write("inventory/production/hosts.yml", "all:\n  children:\n    web:\n      hosts: {web-1: , web-2: }\n");
        write("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/wipe.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/wipe.meta.yml", "title: Wipe the disks\ndanger: high\n");
        write("playbooks/migrate.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/migrate.meta.yml", """
            title: Migrate
            variables:
              target: { type: choice, choices: [blue, green], required: true, description: the colour }
            """);
        write("logs/production/1.log", "PLAY [all]\nfatal: [web-1]: FAILED! ```@everyone\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        var catalogs = new DiskCatalogs(config, clock);
        var cards = new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS);
        var logs = new FileLogs(config.paths().logs());
        var chatService = new ChatService(
                new QuerySources(
                        catalogs, journal, logs, database.schedules(), dev.playcall.testing.NoAlerts.of(database)),
                new TestRouter(catalogs, journal, OpenAccess.of(database), MemorySecrets.emptyVault()),
                cards,
                database.chat(),
                OpenAccess.of(database),
                Audits.of(database, config.paths().data()),
                MemorySecrets.emptyVault(),
                (_, hosts, _) -> hosts);
        adapter = new DiscordAdapter(settings(discord, guilds), clock);
        chatInbox = new ChatInbox(chatService, database.chat(), clock, capacity);
        live = new LiveMessages(
                database.chat(), journal, cards, logs, List.of(adapter), List.of(), lanes, new Random(1));
    }

    static Config.Discord settings(DiscordServer discord, List<String> guilds) {
        return new Config.Discord(
                new Config.Secret(DiscordServer.TOKEN), guilds, discord.apiBase(), discord.gateway(), "");
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DiscordFixture start() {
        live.start();
        adapter.start(chatInbox);
        return this;
    }

    public DiscordFixture up(DiscordServer discord) {
        start();
        await().atMost(Duration.ofSeconds(60)).until(() -> adapter.health() instanceof ChatAdapter.Health.Up);
        await().atMost(Duration.ofSeconds(20)).until(discord::usable);
        return this;
    }

    Run begin() {
        return journal.claim("deploy", 9, "n", (_, _) -> "production/1.log").orElseThrow();
    }

    void fails(Run run, String said) {
        var bad = new HostResult(
                "web-1",
                HostOutcome.FAILED,
                new HostStats(3, 0, 0, 1, 0, 0, 0),
                Optional.of("Check health"),
                Optional.of(said),
                Duration.ofSeconds(3));
        journal.progress(
                run, new Progress(9, 18, "Deploy", "Check health", 2, 1, 0, 0, 1, 0), List.of(bad), Intake.NONE);
    }

    void ends(Run run, Outcome outcome) {
        journal.append(run.id(), new RunEvent.Finished(outcome));
    }

    List<Run> queue() {
        return journal.read().queue();
    }

    @Override
    public void close() {
        chatInbox.close();
        live.close();
        lanes.close();
        adapter.close();
        database.close();
    }
}
