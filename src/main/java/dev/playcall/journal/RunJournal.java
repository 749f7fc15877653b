package dev.playcall.journal;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.RunCompletion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only access to runs: writes through the store and notifies the followers after the commit. Thread-safe. */
public final class RunJournal {
    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

    private final EventStore store;
    private final RunArtifacts runArtifacts;
    private final Clock clock;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final OwnEntries own = new OwnEntries();
    private volatile Runnable beforeRequest = () -> {};

    public RunJournal(EventStore store, Clock clock) {
        this(store, RunArtifacts.NONE, clock);
    }

    /** @param runArtifacts what runs left behind beside the journal */
    public RunJournal(EventStore store, RunArtifacts runArtifacts, Clock clock) {
        this.store = store;
        this.runArtifacts = runArtifacts;
        this.clock = clock;
    }

    /**
     * Hears of changes after they were committed, on the thread that made them; must return at once. May miss what
     * happened while the gateway was down: whoever needs everything reads {@link EventStore#entriesAfter}.
     */
    public interface Follower {
        void happened(JournalEntry entry);

        default void progressed(Run run) {}

        /** The same of what another gateway has written, a moment later. */
        default void happenedElsewhere(JournalEntry entry) {
            happened(entry);
        }

        /** One who leaves what others have written to them. */
        static Follower ofOwn(Consumer<JournalEntry> follower) {
            return of(follower, _ -> {});
        }

        static Follower of(Consumer<JournalEntry> here, Consumer<JournalEntry> elsewhere) {
            return new Follower() {
                @Override
                public void happened(JournalEntry entry) {
                    here.accept(entry);
                }

                @Override
                public void happenedElsewhere(JournalEntry entry) {
                    elsewhere.accept(entry);
                }
            };
        }
    }

    /** What is done before a run is requested; to be said before the first one. */
    public void beforeRequest(Runnable preparation) {
        beforeRequest = preparation;
    }

    /** Tells the followers what another gateway has written. */
    void elsewhere(JournalEntry entry) {
        each(f -> f.happenedElsewhere(entry));
    }

    /** Tells the followers that what is known of a run is another thing now, though nothing was written here. */
    public void progressedElsewhere(Run run) {
        each(f -> f.progressed(run));
    }

    /** Which of what is written here is our own. */
    OwnEntries own() {
        return own;
    }

    /** Adds a follower until the returned subscription is closed. */
    public Subscription follow(Follower follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** Ends a following. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    public EventStore.Created create(RunEvent.Requested asked) {
        beforeRequest.run();
        var created = own.of(
                () -> store.create(asked, now()),
                c -> c instanceof EventStore.Created.New(var _, var entry) ? List.of(entry) : List.of());
        if (created instanceof EventStore.Created.New(var _, var entry)) {
            notifyFollowers(entry);
        }
        return created;
    }

    /** See {@link Batches#create}. */
    public Batches.Made create(Batches.BatchRequest request, List<RunEvent.Requested> asked) {
        beforeRequest.run();
        var made = own.of(() -> store.batches().create(request, asked, now()), Batches.Made::entries);
        made.entries().forEach(this::notifyFollowers);
        return made;
    }

    /** See {@link DeploymentStore#create}. */
    public Batches.Made create(
            DeploymentStore.DeploymentRequest deployment,
            Batches.BatchRequest request,
            List<RunEvent.Requested> waves) {
        beforeRequest.run();
        var made = own.of(() -> store.deployments().create(deployment, request, waves, now()), Batches.Made::entries);
        made.entries().forEach(this::notifyFollowers);
        return made;
    }

    public EventStore.Appended append(RunId run, RunEvent event) {
        return publish(own.of(() -> store.append(run, event, now()), RunJournal::entries));
    }

    /** See {@link EventStore#append(List, RunEvent, Instant)}. */
    public List<EventStore.Appended> append(List<RunId> runs, RunEvent event) {
        var appended = own.of(
                () -> store.append(runs, event, now()),
                all -> all.stream().flatMap(a -> entries(a).stream()).toList());
        appended.forEach(this::publish);
        return appended;
    }

    private EventStore.Appended publish(EventStore.Appended appended) {
        entries(appended).forEach(this::notifyFollowers);
        return appended;
    }

    private static List<JournalEntry> entries(EventStore.Appended appended) {
        return appended instanceof EventStore.Appended.At(var entry, var more)
                ? Stream.concat(Stream.of(entry), more.stream()).toList()
                : List.of();
    }

    /** See {@link EventStore#end}. */
    public EventStore.Appended end(RunId run, RunEvent.Finished event, RunCompletion after) {
        var at = after.ended().orElseGet(this::now);
        return publish(own.of(() -> store.end(run, event, after, at), RunJournal::entries));
    }

    /** See {@link EventStore#claim}. */
    public Optional<Run> claim(String lock, int maxRunning, String node, EventStore.LogName logName) {
        return claim(lock, maxRunning, node, logName, EventStore.Admission.ALL);
    }

    /** See {@link EventStore#claim}. */
    public Optional<Run> claim(
            String lock, int maxRunning, String node, EventStore.LogName logName, EventStore.Admission admission) {
        var claimed = own.of(
                () -> store.claim(lock, maxRunning, node, logName, admission, clock),
                c -> c.stream().toList());
        claimed.ifPresent(this::notifyFollowers);
        return claimed.map(JournalEntry::run);
    }

    public void progress(Run run, Progress progress, List<HostResult> changed, EventStore.Intake intake) {
        store.progress(run.id(), progress, changed, intake);
        // Read anew: who watches it may not have heard that it was paused or is being cancelled.
        var newer = store.find(run.id()).orElseGet(() -> run.with(progress));
        each(f -> f.progressed(newer));
    }

    public RunArtifacts traces() {
        return runArtifacts;
    }

    /** Reading goes straight to the store. */
    public EventStore read() {
        return store;
    }

    private Instant now() {
        return clock.instant();
    }

    private void notifyFollowers(JournalEntry entry) {
        each(f -> f.happened(entry));
    }

    /** One follower's fault is not another's: the event is committed, so nobody may undo it by failing. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void each(Consumer<Follower> call) {
        for (var follower : followers) {
            try {
                call.accept(follower);
            } catch (RuntimeException | Error e) {
                log.error("A follower of the journal failed; it misses this event", e);
            }
        }
    }
}
