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

    /** One that only has the columns of the operations table. */
    public HostStatus(String host, Optional<Column> ssh, Optional<Column> provision, Optional<Column> deploy) {
        this(host, ssh, provision, deploy, Optional.empty(), Optional.empty());
    }

    /** Something that is open, and its number. */
    public record OpenAlert(long id, String title) {}

    /** All that runs said of it. */
    public List<Column> columns() {
        return Stream.of(ssh, provision, deploy, last).flatMap(Optional::stream).toList();
    }

    /**
     * One column of the operations table.
     *
     * @param status {@code ok}, {@code failed}, {@code unreachable} or {@code running}
     * @param version what was deployed, empty where it does not apply
     * @param latencyMillis time of the answer to a ping
     * @param error what went wrong, empty when nothing did
     */
    public record Column(
            String status,
            RunId run,
            Instant started,
            Optional<Instant> completed,
            String version,
            OptionalLong latencyMillis,
            String error) {}
}
