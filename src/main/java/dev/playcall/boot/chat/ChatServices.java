package dev.playcall.boot.chat;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.boot.settings.AccessServices;
import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.ChatWebhook;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.console.ConsoleAdapter;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.live.LiveMessages;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.command.rollout.HostReach;
import dev.playcall.command.run.RunServices;
import dev.playcall.config.Config;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.web.http.TextConsole;
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
public final class ChatServices implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatServices.class);
    private static final int AT_ONCE = 64;

    private final List<ChatAdapter> adapters;
    private final List<ChatAdapter> monitored;
    private final List<MeasuredAdapter> measured;
    private final ChatInbox chatInbox;
    private final LiveMessages live;
    private final ChatText text;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    public ChatServices(
            Settings settings,
            RunServices services,
            Database database,
            AuditLog audit,
            SecretService secrets,
            Alerts alerts,
            HostReach reach,
            Clock clock) {
        var catalogs = services.catalogs();
        var journal = services.journal();
        var rights = services.rights();
        var config = settings.config();
        ChatStore store = database.chat();
        var cards = new RunCards(journal, store, clock, services.waitReasons(), rights::approvers);
        var logs = new FileLogs(config.paths().logs());
        var chatService = new ChatService(
                new QuerySources(catalogs, journal, logs, database.schedules(), alerts),
                services.commands(),
                cards,
                store,
                rights,
                audit,
                secrets,
                reach);
        var terminals = new ConsoleAdapter();
        adapters = adapters(settings, catalogs, terminals, clock);
        chatInbox = new ChatInbox(chatService, store, clock, AT_ONCE);
        monitored = adapters.stream()
                .<ChatAdapter>map(a -> new LostAnswerMonitor(a, clock))
                .toList();
        measured = monitored.stream().map(MeasuredAdapter::new).toList();
        live = new LiveMessages(
                store,
                journal,
                cards,
                logs,
                redacting(measured, secrets),
                defaults(config),
                workers,
                new SecureRandom());
        text = new ChatText(chatService, catalogs, cards, terminals, store, secrets);
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
                    config.chat().slack(),
                    clock,
                    () -> AccessServices.asksForGroups(settings.config(), catalogs, "slack"),
                    config.server().publicUrl()));
        }
        if (!config.chat().discord().token().isEmpty()) {
            adapters.add(new DiscordAdapter(config.chat().discord(), clock));
        }
        return List.copyOf(adapters);
    }

    private static List<ChatAdapter> redacting(List<MeasuredAdapter> adapters, SecretService secrets) {
        return adapters.stream()
                .<ChatAdapter>map(a -> new RedactingChatAdapter(a, secrets))
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
    public Map<String, ChatWebhook> webhooks() {
        return adapters.stream()
                .flatMap(a -> a instanceof SlackAdapter slack ? slack.webhook().stream() : Stream.empty())
                .collect(Collectors.toMap(_ -> SlackAdapter.PATH, w -> w));
    }

    /** Lets the platforms and what people wait for be measured. */
    public void measure(MeterRegistry registry) {
        var answering = Timer.builder("playcall.chat.command")
                .description("Time from a chat command to its answer")
                .serviceLevelObjectives(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .register(registry);
        chatInbox.timed(answering::record);
        for (var platform : measured) {
            platform.measure(registry);
            Gauge.builder("playcall.chat.connected", platform, p -> p.health().isConnected() ? 1 : 0)
                    .description("Whether the platform is connected")
                    .tag("platform", platform.platform())
                    .strongReference(true)
                    .register(registry);
            FunctionCounter.builder("playcall.chat.reconnects", platform, MeasuredAdapter::reconnects)
                    .description("Reconnects")
                    .tag("platform", platform.platform())
                    .register(registry);
        }
    }

    /** Every platform that is configured. */
    public List<ChatAdapter> platforms() {
        return monitored;
    }

    /** What works in the background. */
    public List<BackgroundLoop> loops() {
        return Stream.concat(Stream.of(live.loop()), adapters.stream().flatMap(a -> a.loops().stream()))
                .toList();
    }

    public TextConsole console() {
        return text;
    }

    public void start() {
        live.start();
        chatInbox.answersForAll(live.loop()::mayWork);
        adapters.forEach(a -> a.start(chatInbox));
    }

    /** First nothing more is taken in, then nothing more is said, then the connections end. */
    @Override
    public void close() {
        chatInbox.close();
        live.close();
        workers.close();
        for (var adapter : adapters) {
            try {
                adapter.close();
            } catch (RuntimeException e) {
                log.warn("{} did not close cleanly", adapter.platform(), e);
            }
        }
    }
}
