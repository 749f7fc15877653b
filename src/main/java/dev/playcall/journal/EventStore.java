package dev.playcall.journal;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.node.NodeStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where runs and their events are kept. Every method is one transaction; when it returns, what it wrote survives a
 * crash. Faults of the database rise as unchecked exceptions.
 */
public interface EventStore {

    /**
     * Records a new run and makes it due. When the origin has a message id and that channel used it before, nothing is
     * written and the earlier run comes back.
     */
    Created create(RunEvent.Requested asked, Instant at);

    /** Records one more event of a run, unless {@link Run#after} says that it cannot follow. */
    Appended append(RunId run, RunEvent event, Instant at);

    /**
     * Records the same event of several runs in one transaction, in this order.
     *
     * @return the answer for each run, in the order of {@code runs}
     */
    List<Appended> append(List<RunId> runs, RunEvent event, Instant at);

    /** Records the end of a run with everything else that is known then, in one transaction. */
    Appended end(RunId run, RunEvent.Finished event, RunCompletion after, Instant at);

    /**
     * Takes the next queued run of this lock: by age, where each step of priority counts as a minute. Empty when none waits, when the lock is held by
     * an active run, or when {@code maxRunning} runs are active already.
     *
     * @param log given the run, the file of its output relative to the logs folder
     * @param clock asked once the run is ours: time spent waiting for the database is not time it worked
     * @param admission asked inside the transaction; a run it holds back is passed over for the next one
     */
    Optional<JournalEntry> claim(
            String lock, int maxRunning, String node, LogName log, Admission admission, InstantSource clock);

    /** The same where nothing but the lock counts. */
    default Optional<JournalEntry> claim(String lock, int maxRunning, String node, LogName log, InstantSource clock) {
        return claim(lock, maxRunning, node, log, Admission.ALL, clock);
    }

    /** Says what a waiting run has to wait for besides its own lock. */
    interface Admission {
        Admission ALL = (_, _) -> Optional.empty();

        /**
         * For what or whom this run has to wait, one line; empty when it may start now.
         *
         * @param running every run that works now
         */
        Optional<String> waitsFor(Run run, List<Run> running);

        /** The same with what is known now, to ask about many runs at once; of no use later, for one thread. */
        default Admission snapshot() {
            return this;
        }

        /** Whose runs need not even be looked at: a long queue that is paused costs nothing. */
        default Held held() {
            return Held.NOTHING;
        }

        /** The labels that the node of such a run has to have. */
        default Set<String> nodeSelector(RunRequest request) {
            return Set.of();
        }

        /**
         * Whose runs a node may not take.
         *
         * @param labels of that node, asked for where some run requires any
         */
        default Held elsewhere(Supplier<Set<String>> labels) {
            return Held.NOTHING;
        }

        /**
         * What is held back whatever a run is besides.
         *
         * @param all nothing starts
         * @param environments of which no run starts
         * @param playbooks of which no run starts
         */
        record Held(boolean all, Set<String> environments, Set<String> playbooks) {
            public static final Held NOTHING = new Held(false, Set.of(), Set.of());

            public Held {
                environments = Set.copyOf(environments);
                playbooks = Set.copyOf(playbooks);
            }
        }
    }

    /** Names the log of a run. */
    interface LogName {
        String of(Run run, Instant startedAt);
    }

    /** Keeps newer counts and host rows of a running run, and how far its files were read. Replaces earlier ones. */
    void progress(RunId run, Progress progress, List<HostResult> changed, Intake intake);

    /** How far the files of a run were read; zeroes for a run nobody has read. */
    Intake intake(RunId run);

    Optional<Run> find(RunId run);

    /** The run that came of this request; empty for one without a message id. */
    Optional<Run> made(Origin request);

    RunPage list(RunQuery query);

    /** How many such runs there are, without regard to its limit; empty when that are too many to count. */
    OptionalLong count(RunQuery query);

    /** Runs that wait, in the order in which they will start within their lock; awaiting approval comes last. */
    List<Run> queue();

    /** Runs in state {@code running}. */
    List<Run> running();

    /** Host rows of a run, by name. */
    List<HostResult> hosts(RunId run);

    /** The failed and unreachable ones of {@link #hosts(RunId)}. */
    List<HostResult> badHosts(RunId run);

    /** At most so many hosts of each of these runs, failed and unreachable ones first; by name among their like. */
    Map<RunId, List<HostResult>> hosts(Collection<RunId> runs, int most);

    /** Every event of one run, oldest first. */
    List<JournalEntry> entries(RunId run);

    /** Events of all runs after this sequence number, oldest first. */
    List<JournalEntry> entriesAfter(long sequence, int max);

    /** What is known of each host of an environment from the last runs that touched it, by host name. */
    List<HostStatus> statuses(EnvironmentName environment);

    /** How many critical alerts are open that name this environment, or none, and none of these servers. */
    int criticalAlerts(EnvironmentName environment, Set<String> servers);

    /** Requests over several environments. */
    Batches batches();

    /** Rollouts in waves. */
    DeploymentStore deployments();

    /** The versions that ran in an environment, the one put there last first; the newest hundred. */
    default List<DeployedVersion> deployed(EnvironmentName environment) {
        return deployed(environment, Optional.empty(), 100);
    }

    /** A page of that: those behind a version. */
    List<DeployedVersion> deployed(EnvironmentName environment, Optional<String> after, int most);

    /** How many versions ran in an environment. */
    int countDeployed(EnvironmentName environment);

    /** The gateways on this database. */
    NodeStore nodes();

    /** What is known beyond single runs. */
    History history();

    /**
     * How long the latest successful runs like this one took, newest first: same lock, environment and check, and the
     * same limit or about as many hosts, between half and twice the number.
     */
    List<Past> like(Run run, int max);

    /** One earlier run: how long it took and how many task results it had. */
    record Past(Duration duration, int results) {}

    /** How far the gateway has read: bytes of the event file, bytes of the output, bytes written to the log. */
    record Intake(long events, long output, long log) {
        public static final Intake NONE = new Intake(0, 0, 0);
    }

    /** Answer to {@link #create}. */
    sealed interface Created {
        Run run();

        record New(Run run, JournalEntry entry) implements Created {}

        /** The same request was recorded before. */
        record Existing(Run run) implements Created {}
    }

    /** Answer to {@link #append}. */
    sealed interface Appended {
        /** {@code more} is what followed from it for other runs. */
        record At(JournalEntry entry, List<JournalEntry> more) implements Appended {
            public At {
                more = List.copyOf(more);
            }
        }

        /** The event cannot follow; {@code run} is its state. */
        record Refused(Run run) implements Appended {}

        record Unknown() implements Appended {}
    }

    /**
     * A version that really ran in an environment.
     *
     * @param run the last one that put it there
     * @param at when that run ended
     */
    record DeployedVersion(String version, RunId run, Instant at) {}

    /**
     * What is known of a run once it is over, beside how it ended.
     *
     * @param cpu time on a processor of Ansible and everything it started on this machine
     * @param peakBytes memory of the largest process among them
     * @param lines lines of the log that tell of trouble, already redacted: what the search finds
     * @param ended when it ended, which may be long before the gateway saw it; empty for now
     */
    record RunCompletion(
            Optional<Duration> cpu, Optional<Long> peakBytes, List<String> lines, Optional<Instant> ended) {
        public static final RunCompletion NONE =
                new RunCompletion(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        public RunCompletion {
            lines = List.copyOf(lines);
        }
    }

    /** Some runs, newest first, and the cursor of those that follow, empty at the end. */
    record RunPage(List<Run> runs, Optional<Long> next) {
        public RunPage {
            runs = List.copyOf(runs);
        }
    }
}
