package dev.playcall.chat;

/**
 * What a channel subscribed to.
 *
 * @param environment empty for every one
 * @param operation empty for every one
 */
public record Topic(String environment, String operation, boolean failuresOnly) {
    /** What is typed to subscribe to it. */
    String words() {
        var text = (environment + " " + operation + (failuresOnly ? " failures" : "")).strip();
        return text.isEmpty() ? "all" : text.replaceAll(" +", " ");
    }
}
