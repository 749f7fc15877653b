package dev.playcall.journal;

import dev.playcall.journal.HostStatus.Column;
import java.util.Optional;

/** The words of the operations table and of {@code status.yml}; every way to end badly is {@code failed} there. */
public final class StatusWords {
    public static final String FAILED = "failed";

    private StatusWords() {}

    /** {@code connected}, {@code failed} or {@code not_tested}; while it is asked, what was known before. */
    public static String ssh(Optional<Column> column) {
        return column.map(c -> c.work().map(HostStatus.Work::before).orElse(c.status()))
                .filter(s -> !s.isEmpty())
                .map(s -> s.equals("ok") ? "connected" : FAILED)
                .orElse("not_tested");
    }

    /** {@code completed}, {@code failed}, {@code in_progress} or {@code not_started}. */
    public static String provision(Optional<Column> column) {
        return word(column, "completed", "in_progress", "not_started");
    }

    /** {@code deployed}, {@code failed}, {@code deploying} or {@code not_deployed}. */
    public static String deploy(Optional<Column> column) {
        return word(column, "deployed", "deploying", "not_deployed");
    }

    private static String word(Optional<Column> column, String ok, String running, String none) {
        return column.map(c -> c.isOk() ? ok : c.isRunning() ? running : FAILED).orElse(none);
    }

    /** How a server is: {@code Failed}, {@code Deploying}, {@code Provisioning}, {@code Running} or {@code Unknown}. */
    public static String server(Optional<HostStatus> status) {
        return status.map(StatusWords::server).orElse("Unknown");
    }

    private static String server(HostStatus known) {
        boolean bad = known.columns().stream().anyMatch(Column::isBad)
                || ssh(known.ssh()).equals(FAILED);
        if (bad || known.alert().isPresent()) {
            return "Failed";
        }
        if (known.deploy().filter(Column::isRunning).isPresent()) {
            return "Deploying";
        }
        if (known.provision().filter(Column::isRunning).isPresent()) {
            return "Provisioning";
        }
        return known.columns().stream().anyMatch(Column::isOk)
                        || ssh(known.ssh()).equals("connected")
                ? "Running"
                : "Unknown";
    }
}
