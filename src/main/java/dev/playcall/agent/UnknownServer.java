package dev.playcall.agent;

import java.time.Instant;

/** An agent that reports with an id that no host of its environment has. */
public record UnknownServer(String serverId, String hostname, String version, Instant lastSeen) {}
