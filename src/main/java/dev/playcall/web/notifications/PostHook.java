package dev.playcall.web.notifications;

import java.util.Map;

/** Somebody else's posts, handed on as they came; the receiver checks who sent them. */
@FunctionalInterface
public interface PostHook {

    /** Answers one post; {@code body} as it came, before anything is parsed. */
    Reply handle(Map<String, String> headers, byte[] body);

    /** What is sent back. */
    record Reply(int status, String contentType, String body) {}
}
