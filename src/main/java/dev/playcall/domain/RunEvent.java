package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import java.util.Optional;
import java.util.Set;

/** Something that happened to a run and is kept for ever. {@link Run#after} says what may follow what. */
public sealed interface RunEvent {

    /** Its name in the database and in the API; it stays when a class is renamed. */
    default String word() {
        return switch (this) {
            case Requested _ -> "requested";
            case Approved _ -> "approved";
            case Rejected _ -> "rejected";
            case Outlined _ -> "outlined";
            case Voided _ -> "voided";
            case Stopped _ -> "stopped";
            case Expired _ -> "expired";
            case Started _ -> "started";
            case Adopted _ -> "adopted";
            case Prepared _ -> "prepared";
            case CancelRequested _ -> "cancel_requested";
            case Paused _ -> "paused";
            case Resumed _ -> "resumed";
            case Finished _ -> "finished";
        };
    }

    /** Somebody asked, and was allowed to. The first event of every run. */
    record Requested(
            RunRequest request,
            Person by,
            Origin origin,
            StartTerms terms,
            Optional<Batch.Place> batch,
            Provenance provenance)
            implements RunEvent {
        /** On its own. */
        public Requested(RunRequest request, Person by, Origin origin, StartTerms terms, Provenance provenance) {
            this(request, by, origin, terms, Optional.empty(), provenance);
        }

        /** Somebody with one identity, for themselves. */
        public Requested(RunRequest request, Person by, Origin origin, StartTerms terms) {
            this(request, by, origin, terms, Provenance.of(by));
        }

        /** With nobody who has to agree. */
        public Requested(RunRequest request, Person by, Origin origin) {
            this(request, by, origin, StartTerms.NONE);
        }

        /** The same as one of a batch. */
        public Requested in(Batch.Place place) {
            return new Requested(
                    request, by, origin, terms, Optional.of(place), provenance.through("batch:" + place.batch()));
        }

        /** The same, having come through one thing more. */
        public Requested through(String what) {
            return new Requested(request, by, origin, terms, batch, provenance.through(what));
        }
    }

    /** {@code human} stands for whoever is behind this identity and those joined with it: nobody agrees twice. */
    record Approved(Person by, Person human, Set<Person> identities) implements RunEvent {
        /** Somebody with these two identities. */
        public Approved(Person by, Person human) {
            this(by, human, Set.of());
        }

        /** Somebody with one identity. */
        public Approved(Person by) {
            this(by, by);
        }
    }

    record Rejected(Person by, String reason) implements RunEvent {}

    /** More is known of what it would do. */
    record Outlined(Plan outline) implements RunEvent {}

    /** What was agreed to is not what would run now. */
    record Voided(String reason) implements RunEvent {}

    /** The batch it belongs to goes no further. */
    record Stopped(String reason) implements RunEvent {}

    /** Nobody approved in time. */
    record Expired() implements RunEvent {}

    /** A gateway took it from the queue. {@code log} is the file of its output, relative to the logs folder. */
    record Started(String node, String log) implements RunEvent {}

    /** A gateway that did not start it watches over it now. */
    record Adopted(String node) implements RunEvent {}

    /** What it is made of is known: it begins with these files. */
    record Prepared(Revision revision) implements RunEvent {}

    record CancelRequested(Person by) implements RunEvent {}

    /** What works is held still, with everything it has begun on this machine. */
    record Paused(Person by, String reason) implements RunEvent {}

    record Resumed(Person by) implements RunEvent {}

    record Finished(Outcome outcome) implements RunEvent {}
}
