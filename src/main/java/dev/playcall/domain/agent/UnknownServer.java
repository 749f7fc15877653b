package dev.playcall.domain.agent;

import dev.playcall.domain.format.TextFormat;
import java.time.Instant;

/** An agent that reports with an id that no host of its environment has. */
public record UnknownServer(String serverId, String hostname, String version, Instant lastSeen) {
    /** {@code web-9 (3fe9ae0c-71c1-5435-87be-5f4828a44aac), v1.1.0, 4 s ago}. */
    public String words(Instant now) {
        return (hostname.isEmpty() ? serverId : hostname + " (" + serverId + ")")
                + (version.isEmpty() ? ", " : ", " + version + ", ")
                + TextFormat.ago(lastSeen, now);
    }
}
