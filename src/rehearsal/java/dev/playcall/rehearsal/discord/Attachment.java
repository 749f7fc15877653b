package dev.playcall.rehearsal.discord;

import java.nio.charset.StandardCharsets;

/** A file on a message. */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Attachment(String id, String name, byte[] bytes) {
    public Attachment {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public int size() {
        return bytes.length;
    }
}
