package dev.playcall.chat.discord;

import java.nio.ByteBuffer;

/** A file that goes with a message. */
record Attachment(String name, ByteBuffer content) {
    static Attachment of(String name, byte[] bytes) {
        return new Attachment(name, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    byte[] bytes() {
        var bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
