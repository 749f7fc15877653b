package dev.playcall.web.server;

import dev.playcall.web.http.JsonBodies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what Jetty refuses before it is a request for one of our routes, as every other problem is answered. */
final class UnreadableRequests extends ErrorHandler {
    private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
    private static final HttpField NO_SNIFF = new HttpField("X-Content-Type-Options", "nosniff");

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(TYPE);
        response.getHeaders().put(NO_SNIFF);
        response.write(true, body(code), callback);
    }

    private static ByteBuffer body(int code) {
        var title = HttpStatus.getMessage(code);
        var problem = JsonBodies.object()
                .put("title", title.charAt(0) + title.substring(1).toLowerCase(Locale.ROOT))
                .put("status", code)
                .put("detail", code < 500 ? "the address or a header of this request cannot be read" : title);
        return ByteBuffer.wrap(problem.toString().getBytes(StandardCharsets.UTF_8));
    }
}
