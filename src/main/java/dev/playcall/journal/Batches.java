package dev.playcall.journal;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Requests over several environments. A run of a batch is not claimed before those in front of it have ended; when one
 * does not end well and the batch stops then, the rest is cancelled in the transaction that ends it.
 */
public interface Batches {

    /** What is asked for besides the runs. */
    record BatchRequest(Batch.OnFailure onFailure, Person by, Origin origin, Optional<Long> retryOf) {}

    /**
     * Records all runs in one transaction. When the origin has a message id and that channel used it before, nothing is
     * written and the earlier batch comes back; so does the unfinished batch that retries the same one.
     *
     * @throws RetriedAloneException when an unfinished run retries one of those that are to be done again
     */
    Made create(BatchRequest request, List<RunEvent.Requested> asked, Instant at);

    /** Answer to {@link #create}; {@code entries} is empty for a request that was recorded before. */
    record Made(Batch batch, List<Run> runs, List<JournalEntry> entries) {
        public Made {
            runs = List.copyOf(runs);
            entries = List.copyOf(entries);
        }
    }

    Optional<Batch> find(long batch);

    /** The batch that came of this request; empty for one without a message id. */
    Optional<Batch> made(Origin request);

    /** The newest first, those with a lower number than {@code before}. */
    List<Batch> list(long before, int max);

    /** Its runs in their order; those that were forgotten meanwhile are missing. */
    List<Run> runs(long batch);

    /** For which run of its batch this one waits, one line; empty when it is its turn. */
    default Optional<String> waitsFor(Run run) {
        return run.batch()
                .flatMap(place -> runs(place.batch()).stream()
                        .filter(r -> !r.state().isFinal())
                        .findFirst()
                        .filter(r -> r.id().compareTo(run.id()) < 0)
                        .map(r -> "waits for " + r.id() + " " + r.request().environment() + ", before it in batch "
                                + place.batch()));
    }
}
