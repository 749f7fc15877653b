package dev.playcall.web.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.web.http.NamedTexts;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Writes server-sent events, without the secrets that are known; blocks as long as the client does not read. JSON has no line breaks, so data is one line. */
public final class SseWriter {
    private final ServletOutputStream out;
    private final Context ctx;
    private final UnaryOperator<String> redaction;

    public SseWriter(Context ctx, UnaryOperator<String> redaction) throws IOException {
        var response = ctx.res();
        response.setStatus(200);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("X-Accel-Buffering", "no");
        this.ctx = ctx;
        this.redaction = redaction;
        this.out = response.getOutputStream();
        out.flush();
    }

    void event(String name, long id, JsonNode data) throws IOException {
        NamedTexts.apply(ctx, data);
        write("id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n");
    }

    /** One that a client need not remember. */
    public void event(String name, JsonNode data) throws IOException {
        NamedTexts.apply(ctx, data);
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** A line of text, which stays in the buffer until there are enough or {@link #flush}; what ends a line in it is replaced. */
    void line(String text, long id) throws IOException {
        var line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        var data = redaction.apply(line).replace('\r', '\n').replace("\n", "\ndata: ");
        out.write(("id: " + id + "\nevent: log\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        out.flush();
    }

    /** What keeps the connection open and is no event. */
    public void comment(String text) throws IOException {
        write(": " + text + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(redaction.apply(text).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
