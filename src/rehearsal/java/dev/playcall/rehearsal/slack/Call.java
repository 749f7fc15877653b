package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/** One call the application made, and what it was told; status 0 is a connection that was cut. */
public record Call(String method, Map<String, String> params, Instant at, int status, String answer) {
    public Call {
        params = Map.copyOf(params);
    }

    /** Whether the application was told that it worked. */
    public boolean ok() {
        return status == 200 && json().path("ok").asBoolean();
    }

    public JsonNode json() {
        return Json.read(answer).orElseGet(Json::object);
    }
}
