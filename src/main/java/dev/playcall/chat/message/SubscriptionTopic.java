package dev.playcall.chat.message;

/**
 * What a channel subscribed to.
 *
 * @param environment empty for every one
 * @param operation empty for every one
 */
public record SubscriptionTopic(String environment, String operation, boolean failuresOnly) {
    /** What is typed to subscribe to it. */
    public String words() {
        var text = (environment + " " + operation + (failuresOnly ? " failures" : "")).strip();
        return text.isEmpty() ? "all" : text.replaceAll(" +", " ");
    }
}
