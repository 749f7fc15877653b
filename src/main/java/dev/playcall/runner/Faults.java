package dev.playcall.runner;

import java.nio.file.FileSystemException;

/** What to say of a fault that keeps a run from being watched. */
final class Faults {
    private Faults() {}

    /** Whether files or the database caused it: where in the code that was met helps nobody. */
    static boolean isOutside(Throwable fault) {
        var root = root(fault);
        return !(root instanceof RuntimeException) && !(root instanceof Error);
    }

    /** One line: what was tried, and the first cause of its failure. */
    static String reason(Throwable fault) {
        var what = line(fault);
        var why = line(root(fault));
        return what.contains(why) ? what : what + ": " + why;
    }

    private static Throwable root(Throwable fault) {
        var root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
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
