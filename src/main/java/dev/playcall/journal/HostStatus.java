package dev.playcall.journal;

import dev.playcall.domain.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the last runs said about one host; a column nobody touched yet is empty. */
public record HostStatus(String host, Optional<Column> ssh, Optional<Column> provision, Optional<Column> deploy) {

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
