package dev.playcall.chat.discord;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.config.Config;
import dev.playcall.domain.name.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.guild.GuildReadyEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.jspecify.annotations.Nullable;

/** Discord as a chat platform: slash commands, buttons, forms, mentions and direct messages over one gateway connection. */
public final class DiscordAdapter implements ChatAdapter {
    static final String PLATFORM = "discord";
    private static final Duration FIRST = Duration.ofSeconds(5);
    /** So soon after it has become this gateway's turn it connects; it is less than the time between two holders of a lease. */
    private static final Duration TURN = Duration.ofMillis(500);

    private static final Duration CATALOGUE = Duration.ofSeconds(30);
    private static final Traits TRAITS =
            new Traits(true, Duration.ofMillis(1200), 60, Optional.of(Duration.ofMinutes(50)), DiscordAdapter::gap);

    private final Config.Discord config;
    private final Clock clock;
    private final DiscordApi api;
    private final ChannelMessages channelMessages;
    private final CommandRegistration commandRegistration;
    private final DiscordConnection discordConnection;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("discord-timer").factory());
    private final DiscordListener discordListener = new DiscordListener();
    private final BackgroundLoop registering;
    private final BackgroundLoop turns;
    private volatile @Nullable ChatInbox inbox;

    public DiscordAdapter(Config.Discord config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.api = new DiscordApi(config, clock);
        this.channelMessages = new ChannelMessages(api, clock);
        this.commandRegistration = new CommandRegistration(api, clock);
        this.discordConnection = new DiscordConnection(config, discordListener);
        this.registering = new BackgroundLoop("discord-commands", FIRST, CATALOGUE, clock, this::register);
        this.turns = new BackgroundLoop("discord-connection", TURN, TURN, clock, discordConnection::keep);
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
    public void start(ChatInbox chatInbox) {
        var guildFilter = new GuildFilter(config.guilds(), api, discordConnection::guilds, clock);
        discordListener.listen(
                List.of(
                        new DiscordInteractions(api, channelMessages, guildFilter, chatInbox, timer),
                        new DiscordMentions(channelMessages, guildFilter, chatInbox),
                        new Joining(chatInbox)),
                chatInbox::answersForAll);
        discordConnection.start(chatInbox::answersForAll);
        inbox = chatInbox;
        turns.start();
        registering.start();
    }

    /** A server's commands are put right as soon as it is known. */
    private final class Joining extends ListenerAdapter {
        private final ChatInbox chatInbox;

        Joining(ChatInbox chatInbox) {
            this.chatInbox = chatInbox;
        }

        @Override
        public void onGuildReady(GuildReadyEvent event) {
            register(
                    chatInbox,
                    event.getJDA().getSelfUser().getApplicationId(),
                    event.getGuild().getId());
        }

        @Override
        public void onGuildJoin(GuildJoinEvent event) {
            register(
                    chatInbox,
                    event.getJDA().getSelfUser().getApplicationId(),
                    event.getGuild().getId());
        }
    }

    private void register(ChatInbox chatInbox, String application, String guild) {
        if (config.guilds().isEmpty() || config.guilds().contains(guild)) {
            commandRegistration.update(
                    application, List.of(guild), chatInbox.conversation().commands());
        }
    }

    /** The catalogue may have changed. */
    private void register() {
        var chatInbox = inbox;
        if (chatInbox != null) {
            discordConnection
                    .application()
                    .ifPresent(a -> commandRegistration.update(
                            a,
                            discordConnection.guilds(),
                            chatInbox.conversation().commands()));
        }
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(registering, turns);
    }

    @Override
    public long reconnects() {
        return discordConnection.losses();
    }

    @Override
    public Health health() {
        return discordConnection.health();
    }

    @Override
    public Sent post(Post post) {
        return whenUp(() -> channelMessages.post(post));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        return whenUp(() -> channelMessages.edit(channel, ref, message));
    }

    @Override
    public Sent upload(Upload upload) {
        return whenUp(() -> channelMessages.upload(upload));
    }

    @Override
    public Sent find(Post post) {
        return whenUp(() -> channelMessages.find(post));
    }

    private Sent whenUp(Supplier<Sent> sending) {
        if (discordConnection.health() instanceof Health.Stopped(var why)) {
            return new Sent.Stopped(why);
        }
        var sent = sending.get();
        if (sent instanceof Sent.Stopped(var why)) {
            discordConnection.stop(why);
        }
        return sent;
    }

    @Override
    public Optional<Channel> direct(Person person) {
        return person.value().startsWith(PLATFORM + ":") ? channelMessages.direct(person.id()) : Optional.empty();
    }

    @Override
    public Optional<String> refusal(Channel channel) {
        if (!channel.place().matches("\\d{1,20}")) {
            return Optional.of("a channel is written by its id, discord:987654321");
        }
        if (!(api.get("users/@me") instanceof DiscordResponse.Ok me)) {
            return Optional.empty();
        }
        return switch (ChannelAccess.in(api, channel.place(), me.object().getString("id", ""))) {
            case ChannelAccess.Unseen _ -> Optional.of("there is no such channel, or the bot cannot see it");
            case ChannelAccess.Unclear _ -> Optional.empty();
            case ChannelAccess.Known(var _, var missing) ->
                missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the bot lacks there: " + String.join(", ", missing));
        };
    }

    /** What Discord is told to register, and the link that invites the bot, as one JSON text. */
    public static String manifest(List<CommandEntry> commands, Config.Discord config) {
        return BotInvitation.manifest(commands, config);
    }

    /** Asks Discord about the token, the servers and the default channel; says what is well and what has to be done. */
    public static List<PlatformFinding> check(Config.Discord config, Clock clock) {
        try (var api = new DiscordApi(config, clock)) {
            return new DiscordCheck(api, config).lines();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        turns.abort();
        registering.abort();
        discordConnection.close();
        api.close();
    }
}
