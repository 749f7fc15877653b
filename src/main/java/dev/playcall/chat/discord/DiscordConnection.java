package dev.playcall.chat.discord;

import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.discord.api.DiscordOutcomes;
import dev.playcall.config.Config;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway connection. Logging in is repeated with longer and longer pauses, a connection that breaks is mended by
 * JDA; what only an operator can mend ends it, and says so.
 */
final class DiscordConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiscordConnection.class);
    private static final int LONGEST_WAIT = 32;
    private static final Duration LONGEST_LOGIN_WAIT = Duration.ofSeconds(60);
    private static final Set<JDA.Status> ENDED = EnumSet.of(JDA.Status.SHUTTING_DOWN, JDA.Status.SHUTDOWN);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Config.Discord config;
    private final Object listener;
    private final ExecutorService events = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder lost = new LongAdder();
    private final ReentrantLock login = new ReentrantLock();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile BooleanSupplier mine = () -> true;
    private volatile boolean kept;
    private volatile @Nullable JDA jda;
    private volatile @Nullable Health end;
    private volatile String problem = "logging in";

    DiscordConnection(Config.Discord config, Object listener) {
        this.config = config;
        this.listener = listener;
    }

    /** @param here whether this gateway is the one to be connected; asked again and again */
    void start(BooleanSupplier here) {
        mine = here;
        keep();
    }

    /** Connects or disconnects, where it is this gateway's turn or no longer is. */
    void keep() {
        boolean now = mine.getAsBoolean();
        if (now == kept || closing.getCount() == 0) {
            return;
        }
        kept = now;
        failures.set(0);
        if (now) {
            Thread.ofVirtual().name("discord-login").start(this::logIn);
        } else {
            leave();
        }
    }

    /** At once: by the time another gateway connects, this one hears nothing more. */
    private void leave() {
        var open = jda;
        jda = null;
        problem = "logging in";
        if (open != null) {
            open.shutdownNow();
        }
    }

    private void startAgain() {
        Thread.ofVirtual().name("discord-login").start(() -> {
            pause();
            logIn();
        });
    }

    /** One at a time: two that saw the same connection end log in once. */
    private void logIn() {
        login.lock();
        try {
            while (kept && closing.getCount() > 0 && end == null && !isOpen() && !attempt()) {
                pause();
            }
        } finally {
            login.unlock();
        }
    }

    private boolean isOpen() {
        var open = jda;
        return open != null && !ENDED.contains(open.getStatus());
    }

    /** Returns whether that was all: it went well, or only an operator can mend it. */
    private boolean attempt() {
        try {
            var built = build();
            jda = built;
            if (!kept || closing.getCount() == 0 || end != null) {
                built.shutdownNow();
                return true;
            }
            return isOpen();
        } catch (InvalidTokenException e) {
            stop("Discord does not accept the bot's token: set DISCORD_TOKEN to the one of the Developer Portal"
                    + " (Bot, Reset Token) and restart");
            return true;
        } catch (RuntimeException e) {
            problem = "cannot log in: " + e.getMessage();
            log.warn("Login to Discord failed; retrying: {}", e.getMessage());
        } catch (Error e) {
            problem = "cannot log in: " + e;
            log.error("Login to Discord failed", e);
        }
        return false;
    }

    /**
     * 1, 2, 4 … 60 seconds until a login has gone well, each a little different so that many gateways do not come back at
     * once.
     */
    private void pause() {
        long most = Math.min(LONGEST_LOGIN_WAIT.toMillis(), 1000L << Math.min(failures.getAndIncrement(), 6));
        long millis = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                log.debug("Login stopped, the gateway is shutting down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JDA build() {
        var base = config.apiBase().toString();
        var gateway = config.gateway().toString();
        return JDABuilder.createLight(
                        config.token().reveal(),
                        EnumSet.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.DIRECT_MESSAGES))
                .setRestConfig(new RestConfig().setBaseUrl(base.endsWith("/") ? base : base + "/"))
                // Without it JDA connects to Discord itself whatever the base URL is.
                .setSessionController(new ConcurrentSessionController() {
                    @Override
                    public String getGateway() {
                        return gateway;
                    }
                })
                .setCompression(Compression.ZLIB)
                // A listener on JDA's reading thread would keep every later event waiting.
                .setEventPool(events, false)
                .setMaxReconnectDelay(LONGEST_WAIT)
                .setEnableShutdownHook(false)
                .addEventListeners(listener, new Ending())
                .build();
    }

    /** What JDA gives up on. */
    private final class Ending extends ListenerAdapter {
        @Override
        public void onSessionDisconnect(SessionDisconnectEvent event) {
            if (closing.getCount() > 0) {
                lost.increment();
            }
        }

        @Override
        public void onReady(ReadyEvent event) {
            failures.set(0);
        }

        /** Also of one whose login fails; who tried that tries again. */
        @Override
        public void onShutdown(ShutdownEvent event) {
            var code = event.getCloseCode();
            if (closing.getCount() == 0 || end != null || !event.getJDA().equals(jda)) {
                return;
            }
            var remedy = remedy(code);
            if (remedy.isPresent()) {
                stop(remedy.get());
            } else {
                problem = "Discord closed the connection" + (code == null ? "" : ": " + code.getMeaning());
                log.warn("Discord closed the connection ({}); logging in again", code);
                startAgain();
            }
        }
    }

    private static Optional<String> remedy(@Nullable CloseCode code) {
        if (code == null) {
            return Optional.empty();
        }
        return switch (code.getCode()) {
            case 4004 -> Optional.of(DiscordOutcomes.REVOKED);
            case 4013, 4014 ->
                Optional.of("Discord does not allow the bot's intents: Playcall asks for none that must be switched"
                        + " on, so the application is restricted; look at it in the Developer Portal and restart");
            case 4010, 4011, 4012 ->
                Optional.of("Discord refuses this kind of connection (" + code.getMeaning() + "): update Playcall");
            default -> Optional.empty();
        };
    }

    /** An operator has to act. */
    void stop(String why) {
        if (end != null) {
            return;
        }
        end = new Health.Stopped(why);
        log.error("Discord is stopped: {}", why);
        var open = jda;
        if (open != null) {
            open.shutdownNow();
        }
    }

    /** How often the connection was lost. */
    long losses() {
        return lost.sum();
    }

    Health health() {
        var ended = end;
        if (ended != null) {
            return ended;
        }
        if (!mine.getAsBoolean()) {
            return new Health.Elsewhere();
        }
        var open = jda;
        if (open == null) {
            return new Health.Connecting(problem);
        }
        return switch (open.getStatus()) {
            case CONNECTED ->
                new Health.Up(open.getSelfUser().getName() + " in "
                        + open.getGuilds().size() + " servers, " + open.getGatewayPing() + " ms");
            case SHUTDOWN, SHUTTING_DOWN -> new Health.Connecting(problem);
            default ->
                new Health.Connecting("gateway: "
                        + open.getStatus().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        };
    }

    /** Who we are, once that is known. */
    Optional<String> application() {
        var open = jda;
        return open == null || open.getStatus() != JDA.Status.CONNECTED
                ? Optional.empty()
                : Optional.of(open.getSelfUser().getApplicationId());
    }

    /** The servers that are served. */
    List<String> guilds() {
        var open = jda;
        if (open == null) {
            return List.of();
        }
        return open.getGuilds().stream()
                .map(Guild::getId)
                .filter(g -> config.guilds().isEmpty() || config.guilds().contains(g))
                .toList();
    }

    /** JDA refuses to end on a thread that is interrupted. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = Thread.interrupted();
        var open = jda;
        try {
            if (open != null) {
                open.shutdown();
                if (interrupted || !open.awaitShutdown(FAREWELL)) {
                    open.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
            open.shutdownNow();
        } finally {
            events.shutdownNow();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
