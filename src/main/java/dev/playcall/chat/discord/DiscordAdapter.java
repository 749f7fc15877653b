package dev.playcall.chat.discord;

import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.CommandEntry;
import dev.playcall.chat.Finding;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.Message;
import dev.playcall.config.Config;
import dev.playcall.domain.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.guild.GuildReadyEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Discord as a chat platform: slash commands, buttons, forms, mentions and direct messages over one gateway connection. */
public final class DiscordAdapter implements ChatAdapter {
    static final String PLATFORM = "discord";
    private static final Logger log = LoggerFactory.getLogger(DiscordAdapter.class);
    private static final Duration CATALOGUE = Duration.ofSeconds(30);
    private static final Traits TRAITS =
            new Traits(true, Duration.ofMillis(1200), 60, Optional.of(Duration.ofMinutes(50)), DiscordAdapter::gap);

    private final Config.Discord config;
    private final Clock clock;
    private final DiscordApi api;
    private final Posts posts;
    private final Registration registration;
    private final Connection connection;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("discord-timer").factory());
    private final Ears ears = new Ears();

    public DiscordAdapter(Config.Discord config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.api = new DiscordApi(config, clock);
        this.posts = new Posts(api);
        this.registration = new Registration(api, clock);
        this.connection = new Connection(config, ears);
    }

    /** A card younger than a minute moves quickly; the more cards live, the slower each. */
    private static Duration gap(Duration age, int live) {
        var gap = age.toSeconds() < 60
                ? Duration.ofSeconds(2)
                : age.toMinutes() < 10 ? Duration.ofSeconds(5) : Duration.ofSeconds(15);
        return gap.multipliedBy(Math.max(1, (live + 1) / 2));
    }

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public void start(Inbox inbox) {
        var admission = new Admission(config.guilds(), api, connection::guilds, clock);
        ears.listen(List.of(
                new Interactions(api, posts, admission, inbox, timer),
                new Mentions(posts, admission, inbox),
                new Joining(inbox)));
        connection.start();
        var _ = timer.scheduleWithFixedDelay(() -> register(inbox), 5_000, CATALOGUE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A server's commands are put right as soon as it is known. */
    private final class Joining extends ListenerAdapter {
        private final Inbox inbox;

        Joining(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public void onGuildReady(GuildReadyEvent event) {
            register(
                    inbox,
                    event.getJDA().getSelfUser().getApplicationId(),
                    event.getGuild().getId());
        }

        @Override
        public void onGuildJoin(GuildJoinEvent event) {
            register(
                    inbox,
                    event.getJDA().getSelfUser().getApplicationId(),
                    event.getGuild().getId());
        }
    }

    private void register(Inbox inbox, String application, String guild) {
        if (config.guilds().isEmpty() || config.guilds().contains(guild)) {
            registration.update(
                    application, List.of(guild), inbox.conversation().commands());
        }
    }

    /** The catalogue may have changed. */
    private void register(Inbox inbox) {
        Thread.startVirtualThread(() -> {
            try {
                connection
                        .application()
                        .ifPresent(a -> registration.update(
                                a, connection.guilds(), inbox.conversation().commands()));
            } catch (RuntimeException e) {
                log.warn("The slash commands could not be brought up to date", e);
            }
        });
    }

    @Override
    public long reconnects() {
        return connection.losses();
    }

    @Override
    public Health health() {
        return connection.health();
    }

    @Override
    public Sent post(Post post) {
        return whenUp(() -> posts.post(post));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        return whenUp(() -> posts.edit(channel, ref, message));
    }

    @Override
    public Sent upload(Upload upload) {
        return whenUp(() -> posts.upload(upload));
    }

    @Override
    public Sent find(Post post) {
        return whenUp(() -> posts.find(post));
    }

    private Sent whenUp(Supplier<Sent> sending) {
        if (connection.health() instanceof Health.Stopped(var why)) {
            return new Sent.Stopped(why);
        }
        var sent = sending.get();
        if (sent instanceof Sent.Stopped(var why)) {
            connection.stop(why);
        }
        return sent;
    }

    @Override
    public Optional<Channel> direct(Person person) {
        return person.value().startsWith(PLATFORM + ":") ? posts.direct(person.id()) : Optional.empty();
    }

    @Override
    public Optional<String> refusal(Channel channel) {
        if (!channel.place().matches("\\d{1,20}")) {
            return Optional.of("a channel is written by its id, discord:987654321");
        }
        if (!(api.get("users/@me") instanceof Reply.Ok me)) {
            return Optional.empty();
        }
        return switch (Footing.in(api, channel.place(), me.object().getString("id", ""))) {
            case Footing.Unseen _ -> Optional.of("there is no such channel, or the bot cannot see it");
            case Footing.Unclear _ -> Optional.empty();
            case Footing.Known(var _, var missing) ->
                missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the bot lacks there: " + String.join(", ", missing));
        };
    }

    /** What Discord is told to register, and the link that invites the bot, as one JSON text. */
    public static String manifest(List<CommandEntry> commands, Config.Discord config) {
        return Invitation.manifest(commands, config);
    }

    /** Asks Discord about the token, the servers and the default channel; says what is well and what has to be done. */
    public static List<Finding> check(Config.Discord config, Clock clock) {
        try (var api = new DiscordApi(config, clock)) {
            return new Checkup(api, config).lines();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        connection.close();
        api.close();
    }
}
