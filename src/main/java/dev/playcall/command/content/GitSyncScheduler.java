package dev.playcall.command.content;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.Reply;
import dev.playcall.content.ContentException;
import dev.playcall.content.git.Checkouts;
import dev.playcall.domain.Origin;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs by itself: every so often, and when somebody has pushed. What is the same as before is told nobody. */
public final class GitSyncScheduler implements RunJournal.Follower, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GitSyncScheduler.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Checkouts checkouts;
    private final CommandHandler commands;
    private final RunJournal journal;
    private final Supplier<Optional<Duration>> interval;
    private final Listener listener;
    private final Clock clock;
    private final BackgroundLoop loop;
    private RunJournal.@Nullable Subscription subscription;
    private volatile boolean pushed;
    /** Something is there, and runs that work keep it from being taken. */
    private volatile boolean waiting;

    private boolean failing;
    private Instant looked;

    /** Hears what came of it. */
    public interface Listener {
        void pulled(Reply.Synced synced);

        /** Something is there, and runs that work keep it from being taken; it is taken when they have ended. */
        void waits();

        /** For the first time since it last went well. */
        void failed(String why);

        /** After it has failed. */
        void well();
    }

    /**
     * @param commands takes the request to sync from nobody but us, and records it
     * @param interval as it is configured now
     */
    public GitSyncScheduler(
            Checkouts checkouts,
            CommandHandler commands,
            RunJournal journal,
            Supplier<Optional<Duration>> interval,
            Listener listener,
            Clock clock) {
        this.checkouts = checkouts;
        this.commands = commands;
        this.journal = journal;
        this.interval = interval;
        this.listener = listener;
        this.clock = clock;
        this.looked = clock.instant();
        this.loop = new BackgroundLoop("git-sync", INTERVAL, INTERVAL, clock, this::tick);
    }

    public void start() {
        subscription = journal.follow(this);
        loop.start();
    }

    /** What works in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    /** Another gateway has other files now: if it is by a sync, there is something for us as well. */
    public void changedElsewhere() {
        if (interval.get().isPresent()) {
            pushed();
        }
    }

    /** Somebody pushed. */
    public void pushed() {
        pushed = true;
        loop.wakeUp();
    }

    @Override
    public void happened(JournalEntry entry) {
        if (waiting && entry.event() instanceof RunEvent.Finished) {
            loop.wakeUp();
        }
    }

    /** Looks when it is time to. */
    void tick() {
        boolean asked = pushed;
        var now = clock.instant();
        boolean due = interval.get()
                .filter(i -> now.isBefore(looked) || !now.isBefore(looked.plus(i)))
                .isPresent();
        if (!asked && !due && !(waiting && journal.read().running().isEmpty())) {
            return;
        }
        pushed = false;
        looked = now;
        look(asked ? "push" : "interval");
    }

    private void look(String because) {
        try {
            if (checkouts.hasChanges()) {
                take(because);
            } else {
                waiting = false;
                well();
            }
        } catch (ContentException e) {
            failed(e.why());
        }
    }

    private void take(String because) {
        var caller = new Caller(new Person("git:" + because), Origin.of("git"));
        switch (commands.handle(new ContentCommand.Sync(false), caller)) {
            case Reply.Synced synced -> {
                waiting = false;
                well();
                log.info("git: {}", synced.message());
                listener.pulled(synced);
            }
            case Reply.Conflict(var why) -> deferred(why);
            case Reply.Invalid invalid -> failed(invalid.line());
            case Reply.Unavailable(var why) -> failed(why);
            case Reply other -> failed(other.toString());
        }
    }

    private void deferred(String why) {
        if (!waiting) {
            listener.waits();
        }
        waiting = true;
        log.info("Git has new commits; sync deferred: {}", why);
    }

    private void failed(String why) {
        if (!failing) {
            failing = true;
            log.warn("git: {}", why);
            listener.failed(why);
        }
    }

    private void well() {
        if (failing) {
            failing = false;
            listener.well();
        }
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
        loop.close();
    }
}
