package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Discord says no: a status, a code of its own and a message. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient ObjectNode body;

    private Refusal(int status, ObjectNode body) {
        super(status + " " + body);
        this.status = status;
        this.body = body;
    }

    static Refusal of(int status, int code, String message) {
        return new Refusal(status, Json.object().put("message", message).put("code", code));
    }

    static Refusal form(ObjectNode errors) {
        var body = Json.object().put("message", "Invalid Form Body").put("code", 50035);
        body.set("errors", errors);
        return new Refusal(400, body);
    }

    static Refusal tooMany(int code, String message, double seconds) {
        return new Refusal(
                429,
                Json.object()
                        .put("message", message)
                        .put("code", code)
                        .put("retry_after", seconds)
                        .put("global", false));
    }

    static Refusal unknownChannel() {
        return of(404, 10003, "Unknown Channel");
    }

    static Refusal unknownMessage() {
        return of(404, 10008, "Unknown Message");
    }

    static Refusal unauthorized() {
        return of(401, 0, "401: Unauthorized");
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return body;
    }
}
