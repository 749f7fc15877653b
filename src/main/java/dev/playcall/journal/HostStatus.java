package dev.playcall.journal;

import dev.playcall.domain.name.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is known of one host; a column nobody touched yet is empty.
 *
 * @param last what the last run of any playbook said that worked on it
 * @param alert the newest open alert that names it
 */
public record HostStatus(
        String host,
        Optional<Column> ssh,
        Optional<Column> provision,
        Optional<Column> deploy,
        Optional<Column> last,
        Optional<OpenAlert> alert) {

    /** Something that is open, and its number. */
    public record OpenAlert(long id, String title) {}

    /** All that runs said of it. */
    public List<Column> columns() {
        return Stream.of(ssh, provision, deploy, last).flatMap(Optional::stream).toList();
    }

    /**
     * What a run does on a host now.
     *
     * @param before the status that its last finished run gave it, empty when there was none
     * @param checked when that run ended
     * @param error what went wrong in that run, empty when nothing did
     * @param done tasks of this run that it has a result of
     * @param expected tasks that a like run had for each host; 0 when unknown
     * @param task name of the task that the run began last, empty before the first
     */
    public record Work(String before, Optional<Instant> checked, String error, int done, int expected, String task) {}

    /**
     * One column of the operations table.
     *
     * @param status {@code ok}, {@code failed}, {@code unreachable} or {@code running}
     * @param version what was deployed, empty where it does not apply
     * @param latencyMillis of a round trip on an open connection, as this run measured it; empty when it did not
     * @param error what went wrong, empty when nothing did
     * @param connection what reached the host: {@code ssh}, {@code local} for the gateway's own machine; empty when nobody knows
     * @param work what is done on it now; empty unless the status is {@code running}
     */
    public record Column(
            String status,
            RunId run,
            Instant started,
            Optional<Instant> completed,
            String version,
            OptionalLong latencyMillis,
            String error,
            Optional<String> connection,
            Optional<Work> work) {
        public boolean isOk() {
            return status.equals("ok");
        }

        public boolean isRunning() {
            return status.equals("running");
        }

        /** Whether its last run did not end well. */
        public boolean isBad() {
            return !isOk() && !isRunning();
        }

        /** What is done on it now: {@code 2/5}, {@code Install packages…} where nobody knows of how many; empty when nothing is. */
        public String progress() {
            return work.map(w -> w.expected() > 0
                            ? Math.min(w.done(), w.expected()) + "/" + w.expected()
                            : w.task().isEmpty() ? "" : w.task() + "…")
                    .orElse("");
        }

        /** How the host answered: {@code 12 ms}, or the connection where that is not ssh; empty when neither is known. */
        public String answer() {
            if (!status.equals("ok")) {
                return "";
            }
            return connection
                    .filter(c -> !c.equals("ssh"))
                    .orElseGet(() -> latencyMillis.isPresent() ? latencyMillis.getAsLong() + " ms" : "");
        }
    }
}
