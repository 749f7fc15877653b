package dev.playcall.background;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What to say of a fault, and what kind it is. */
public final class Faults {
    private static final int LONGEST = 300;

    private static final List<String> NO_SPACE =
            List.of("no space left on device", "sqlite_full", "database or disk is full", "disk quota exceeded");

    /** Of the database and of the system: they pass when the disk or the database is well again. */
    private static final List<String> PASSING = List.of(
            "sqlite_busy",
            "sqlite_locked",
            "sqlite_ioerr",
            "sqlite_readonly",
            "sqlite_cantopen",
            "sqlite_nomem",
            "sqlite_protocol",
            "read-only file system",
            "too many open files");

    /** Of PostgreSQL and its driver, while the server is away or comes back. */
    private static final List<String> NO_ANSWER = List.of(
            "connection is not available",
            "check that the hostname and port are correct",
            "this connection has been closed",
            "an i/o error occurred while sending to the backend",
            "not currently accepting connections",
            "terminating connection",
            "the database system is");

    private static final List<String> READ_ONLY = List.of("read-only file system", "sqlite_readonly");

    private Faults() {}

    /** Whether files or the database caused it: where in the code that was met helps nobody. */
    public static boolean isOutside(Throwable fault) {
        var root = root(fault);
        return !(root instanceof RuntimeException) && !(root instanceof Error);
    }

    /** Whether the disk is full. */
    public static boolean isDiskFull(Throwable fault) {
        return mentions(fault, NO_SPACE);
    }

    /** Whether the same work may go well later though nothing of it has changed: it is not the work that is bad. */
    public static boolean isPassing(Throwable fault) {
        return isDiskFull(fault)
                || mentions(fault, PASSING)
                || mentions(fault, NO_ANSWER)
                || chain(fault).anyMatch(OutOfMemoryError.class::isInstance);
    }

    /** Whether the database is away, or comes back just now. */
    public static boolean isUnanswered(Throwable fault) {
        return !isDiskFull(fault) && mentions(fault, NO_ANSWER);
    }

    private static boolean mentions(Throwable fault, List<String> signs) {
        return chain(fault)
                .map(f -> String.valueOf(f.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(m -> signs.stream().anyMatch(m::contains));
    }

    /** One line: what was tried, and the first cause of its failure. */
    public static String reason(Throwable fault) {
        var what = line(fault);
        var why = line(root(fault));
        var all = what.contains(why) ? what : what + ": " + why;
        return all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all;
    }

    /** The cause in one line; what is usual is said plainly. */
    public static String cause(Throwable fault) {
        return plain(fault).orElseGet(() -> reason(root(fault)));
    }

    /** The cause in words for everybody, when it is one that everybody knows. */
    public static Optional<String> plain(Throwable fault) {
        if (isDiskFull(fault)) {
            return Optional.of("the disk is full");
        }
        if (isUnanswered(fault)) {
            return Optional.of("the database does not answer");
        }
        if (mentions(fault, READ_ONLY)) {
            return Optional.of("the disk or the database file is read-only");
        }
        return mentions(fault, List.of("permission denied")) || root(fault) instanceof AccessDeniedException
                ? Optional.of("Playcall may not write there (permission denied)")
                : Optional.empty();
    }

    private static Throwable root(Throwable fault) {
        return chain(fault).reduce(fault, (_, deeper) -> deeper);
    }

    private static Stream<Throwable> chain(Throwable fault) {
        return Stream.<Throwable>iterate(fault, f -> f != null, Throwable::getCause)
                .limit(50);
    }

    private static String line(Throwable fault) {
        var message = fault.getMessage();
        if (fault instanceof FileSystemException file && file.getReason() == null) {
            message = file.getClass().getSimpleName() + " " + file.getFile();
        }
        return message == null || message.isBlank()
                ? fault.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
