package dev.playcall.command;

import dev.playcall.content.git.FetchResult;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.schedule.Schedule;
import dev.playcall.venv.InstalledVenv;
import dev.playcall.venv.VenvSpec;
import dev.playcall.venv.Venvs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The result of a command. Everything but {@link Accepted}, {@link Duplicate} and {@link Done} means that nothing was done. */
public sealed interface Reply {

    /** It is recorded and will happen, or has happened: the run as it stands. */
    record Accepted(Run run) implements Reply {}

    /** The same request was accepted before; this is its run. */
    record Duplicate(Run run) implements Reply {}

    /**
     * Something in it is wrong.
     *
     * @param field which part, in the words of the API: {@code environment}, {@code limit}, {@code variables.version}
     * @param message one line that says what is wrong
     * @param remedy what would be right, as a text to type where possible
     */
    record Invalid(String field, String message, Optional<String> remedy) implements Reply {
        /** Both in one line. */
        public String line() {
            return message + remedy.map(r -> " — " + r).orElse("");
        }
    }

    /** It was done, and it is not about a run. */
    record Done(String message) implements Reply {}

    /** It was done, and there is more to read than a line. */
    sealed interface Detailed extends Reply {
        String message();

        /** A table: the heads of its columns, none when there is none. */
        default List<String> header() {
            return List.of();
        }

        default List<List<String>> rows() {
            return List.of();
        }

        /** What there is to say besides. */
        List<String> lines();
    }

    /** What somebody wanted to see. */
    record Listed(String message, List<String> header, List<List<String>> rows, List<String> lines)
            implements Detailed {
        public Listed {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
            lines = List.copyOf(lines);
        }
    }

    /**
     * The files are those of the remotes now.
     *
     * @param notes what else comes of it, a line each
     */
    record Synced(List<FetchResult> pulled, List<String> notes) implements Detailed {
        public Synced {
            pulled = List.copyOf(pulled);
            notes = List.copyOf(notes);
        }

        @Override
        public String message() {
            return pulled.stream().map(SyncSummary::line).collect(Collectors.joining("; "));
        }

        @Override
        public List<String> header() {
            return List.of("Commit", "By", "What");
        }

        /** What is new, the newest first. */
        @Override
        public List<List<String>> rows() {
            return pulled.stream().flatMap(SyncSummary::commits).toList();
        }

        @Override
        public List<String> lines() {
            return Stream.concat(pulled.stream().flatMap(SyncSummary::notes), notes.stream())
                    .toList();
        }
    }

    /** Which Python environment a playbook needs. */
    record Specified(VenvSpec spec) implements Detailed {
        @Override
        public String message() {
            return spec.name() + ": the environment of " + spec.source();
        }

        @Override
        public List<String> lines() {
            return spec.lines();
        }
    }

    /** The Python environment of a playbook is there. */
    record Deployed(Venvs.Deployed deployed) implements Detailed {
        @Override
        public String message() {
            var spec = deployed.spec();
            return spec.name()
                    + (deployed.isNew()
                            ? " installed on localhost in " + TextFormat.duration(deployed.took())
                            : " is already installed on localhost");
        }

        @Override
        public List<String> lines() {
            var venv = deployed.venv();
            var lines = new ArrayList<>(List.of(
                    "Folder: " + venv.path(),
                    "Python " + venv.python() + ", "
                            + TextFormat.count(venv.lock().packages().size(), "package") + ", "
                            + TextFormat.count(venv.lock().collections().size(), "collection")));
            if (deployed.isNew()) {
                lines.add("Steps: " + deployed.shownSteps());
            }
            return lines;
        }
    }

    /** Python environments that are on a host. */
    record InstalledVenvs(String host, String message, List<InstalledVenv> venvs) implements Detailed {
        public InstalledVenvs {
            venvs = List.copyOf(venvs);
        }

        @Override
        public List<String> header() {
            return List.of("Environment", "Size", "Last used", "Installed");
        }

        @Override
        public List<List<String>> rows() {
            return venvs.stream()
                    .map(v -> List.of(
                            v.names().isEmpty() ? v.requirements() : String.join(", ", v.names()),
                            TextFormat.size(v.size()),
                            TextFormat.minute(v.lastUsed()),
                            TextFormat.minute(v.installed())))
                    .toList();
        }

        @Override
        public List<String> lines() {
            return List.of();
        }
    }

    /** It runs by itself from now on. */
    record Scheduled(Schedule schedule, String message) implements Reply {}

    /**
     * It is recorded, and its runs are done one after the other.
     *
     * @param before whether the same request was accepted before
     */
    record Batched(Batch batch, List<Run> runs, boolean before) implements Reply {
        public Batched {
            runs = List.copyOf(runs);
        }
    }

    record NotFound(String message) implements Reply {}

    /** It cannot be done any more; {@code run} is its state. */
    record TooLate(Run run, String message) implements Reply {}

    /** Somebody else has it, or was quicker. */
    record Conflict(String message) implements Reply {}

    /**
     * This person may not.
     *
     * @param message one line that says what it is they may not do
     * @param whoCould who may: persons, groups and channels as the configuration has them
     */
    record Denied(String message, List<String> whoCould) implements Reply {
        private static final int NAMED = 5;

        public Denied {
            whoCould = List.copyOf(whoCould);
        }

        /** Nobody else is allowed either. */
        public Denied(String message) {
            this(message, List.of());
        }

        /** Both in one line. */
        public String line() {
            return line(UnaryOperator.identity());
        }

        /** The same with names that people know. */
        public String line(UnaryOperator<String> name) {
            if (whoCould.isEmpty()) {
                return message;
            }
            return message + "; " + TextFormat.list(whoCould, NAMED, name) + " could";
        }
    }

    /** One person wants too much at once. */
    record TooMany(String message, Duration after) implements Reply {}

    /** It cannot be decided or recorded now, so it is not done. */
    record Unavailable(String message) implements Reply {}
}
