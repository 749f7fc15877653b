package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How the app answered to what somebody did: in time or not, how fast, with which callback type and data. */
public record Ack(boolean acknowledged, Duration latency, int type, JsonNode data) {}
