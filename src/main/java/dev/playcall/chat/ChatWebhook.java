package dev.playcall.chat;

import java.util.Map;

/** A platform that comes to us over HTTP. The web room hands on what it got and sends back what it is given. */
@FunctionalInterface
public interface ChatWebhook {

    /** Checks who sent it and answers within three seconds; {@code body} as it came, before anything is parsed. */
    Reply handle(Map<String, String> headers, byte[] body);

    /** What is sent back. */
    record Reply(int status, String contentType, String body) {
        public static Reply text(int status, String body) {
            return new Reply(status, "text/plain; charset=utf-8", body);
        }
    }
}
