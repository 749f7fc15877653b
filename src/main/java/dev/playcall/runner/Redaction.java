package dev.playcall.runner;

/** Takes secrets out of what a program writes. */
@FunctionalInterface
public interface Redaction {

    byte[] redact(byte[] text);

    /** How much of the beginning of a text that goes on may be redacted by itself without cutting a secret in two. */
    default int settled(byte[] text) {
        return text.length;
    }
}
