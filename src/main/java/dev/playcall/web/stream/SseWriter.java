package dev.playcall.web.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Writes server-sent events; blocks as long as the client does not read. JSON has no line breaks, so data is one line. */
final class SseWriter {
    private final ServletOutputStream out;
    private final UnaryOperator<String> redaction;

    SseWriter(Context ctx, UnaryOperator<String> redaction) throws IOException {
        var response = ctx.res();
        response.setStatus(200);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("X-Accel-Buffering", "no");
        this.redaction = redaction;
        this.out = response.getOutputStream();
        out.flush();
    }

    void event(String name, long id, JsonNode data) throws IOException {
        write("id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n");
    }

    /** One that a client need not remember. */
    void event(String name, JsonNode data) throws IOException {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    void comment(String text) throws IOException {
        write(": " + text + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(redaction.apply(text).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
