package dev.playcall.rehearsal.slack;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file that was shared to a channel or a thread. */
public final class SharedFile {
    private final String id;
    private final String name;
    private final String title;
    private final byte[] bytes;
    private final Optional<String> threadTs;

    SharedFile(String id, String name, String title, byte[] bytes, Optional<String> threadTs) {
        this.id = id;
        this.name = name;
        this.title = title;
        this.bytes = bytes.clone();
        this.threadTs = threadTs;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String title() {
        return title;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Optional<String> threadTs() {
        return threadTs;
    }

    public int size() {
        return bytes.length;
    }

    /** The content read as UTF-8. */
    public String content() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
