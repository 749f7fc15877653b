package dev.playcall.chat.discord.api;

import java.nio.ByteBuffer;

/** A file that goes with a message. */
public record DiscordAttachment(String name, ByteBuffer content) {
    static DiscordAttachment of(String name, byte[] bytes) {
        return new DiscordAttachment(name, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    byte[] bytes() {
        var bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
