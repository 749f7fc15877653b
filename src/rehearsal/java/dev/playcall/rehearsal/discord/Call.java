package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One call the app made: when, to what, with what, and the answer's status (0 when the connection was cut). */
public record Call(Instant at, String route, String path, JsonNode body, int status) {}
