package dev.playcall.boot;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatStore;
import dev.playcall.chat.Conversation;
import dev.playcall.chat.DiscreetAdapter;
import dev.playcall.chat.FileLogs;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.RunCards;
import dev.playcall.chat.Webhook;
import dev.playcall.chat.console.ConsoleAdapter;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.live.LiveMessages;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.command.Desk;
import dev.playcall.command.Outlook;
import dev.playcall.command.Rights;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.Alerts;
import dev.playcall.security.AuditLog;
import dev.playcall.security.Vault;
import dev.playcall.store.Database;
import dev.playcall.web.TextConsole;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chat platforms of a configuration, and what they share. */
final class Chats implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Chats.class);
    private static final int AT_ONCE = 64;

    private final List<ChatAdapter> adapters;
    private final List<MeasuredAdapter> measured;
    private final Inbox inbox;
    private final LiveMessages live;
    private final ChatText text;
    private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();

    Chats(
            Settings settings,
            Catalogs catalogs,
            RunJournal journal,
            Desk desk,
            Rights rights,
            Database database,
            AuditLog audit,
            Outlook outlook,
            Vault vault,
            Alerts alerts,
            Clock clock) {
        var config = settings.config();
        ChatStore store = database.chat();
        var cards = new RunCards(journal, store, clock, outlook);
        var logs = new FileLogs(config.paths().logs());
        var conversation = new Conversation(
                catalogs, journal, desk, cards, logs, store, rights, audit, vault, database.schedules(), alerts);
        var terminals = new ConsoleAdapter();
        adapters = adapters(settings, catalogs, terminals, clock);
        inbox = new Inbox(conversation, store, clock, AT_ONCE);
        measured = adapters.stream().map(MeasuredAdapter::new).toList();
        live = new LiveMessages(
                store,
                journal,
                cards,
                logs,
                discreet(measured, vault),
                defaults(config),
                clock,
                lanes,
                new SecureRandom());
        text = new ChatText(conversation, cards, terminals, store, vault);
    }

    private static List<ChatAdapter> adapters(
            Settings settings, Catalogs catalogs, ConsoleAdapter terminals, Clock clock) {
        var config = settings.config();
        var adapters = new ArrayList<ChatAdapter>();
        if (config.chat().console().enabled()) {
            adapters.add(terminals);
        }
        if (!config.chat().slack().botToken().isEmpty()) {
            adapters.add(new SlackAdapter(
                    config.chat().slack(), clock, () -> FrontDoor.asksForGroups(settings.config(), catalogs, "slack")));
        }
        if (!config.chat().discord().token().isEmpty()) {
            adapters.add(new DiscordAdapter(config.chat().discord(), clock));
        }
        return List.copyOf(adapters);
    }

    private static List<ChatAdapter> discreet(List<MeasuredAdapter> adapters, Vault vault) {
        return adapters.stream()
                .<ChatAdapter>map(a -> new DiscreetAdapter(a, vault))
                .toList();
    }

    /** Where runs are shown that nobody asked for in a chat. */
    private static List<Channel> defaults(Config config) {
        var channels = new ArrayList<Channel>();
        if (!config.chat().slack().defaultChannel().isBlank()) {
            channels.add(new Channel("slack", config.chat().slack().defaultChannel()));
        }
        if (!config.chat().discord().defaultChannel().isBlank()) {
            channels.add(new Channel("discord", config.chat().discord().defaultChannel()));
        }
        return channels;
    }

    /** Where platforms come to us over HTTP, by path. */
    Map<String, Webhook> webhooks() {
        return adapters.stream()
                .flatMap(a -> a instanceof SlackAdapter slack ? slack.webhook().stream() : Stream.empty())
                .collect(Collectors.toMap(_ -> SlackAdapter.PATH, w -> w));
    }

    /** Lets the platforms and what people wait for be measured. */
    void measure(MeterRegistry registry) {
        var answering = Timer.builder("playcall.chat.command")
                .description("From what somebody says until it is answered")
                .serviceLevelObjectives(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .register(registry);
        inbox.timed(answering::record);
        for (var platform : measured) {
            platform.measure(registry);
            Gauge.builder("playcall.chat.connected", platform, p -> p.health() instanceof ChatAdapter.Health.Up ? 1 : 0)
                    .description("Whether the platform hears and answers us")
                    .tag("platform", platform.platform())
                    .strongReference(true)
                    .register(registry);
            FunctionCounter.builder("playcall.chat.reconnects", platform, MeasuredAdapter::reconnects)
                    .description("How often a connection was lost and made again")
                    .tag("platform", platform.platform())
                    .register(registry);
        }
    }

    /** Every platform that is configured. */
    List<ChatAdapter> platforms() {
        return adapters;
    }

    TextConsole console() {
        return text;
    }

    void start() {
        live.start();
        adapters.forEach(a -> a.start(inbox));
    }

    /** First nothing more is taken in, then nothing more is said, then the connections end. */
    @Override
    public void close() {
        inbox.close();
        live.close();
        lanes.close();
        for (var adapter : adapters) {
            try {
                adapter.close();
            } catch (RuntimeException e) {
                log.warn("{} did not close cleanly", adapter.platform(), e);
            }
        }
    }
}
