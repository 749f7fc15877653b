package dev.playcall.security.access;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.PlaybookName;

/**
 * The object of an action. An empty text means that it is not about one in particular, which only somebody may whose rights
 * are not limited to some.
 *
 * @param channel the channel that is changed ({@code subscribe}), empty for most actions
 */
public record Target(String operation, String environment, String playbook, String channel) {
    /** The whole installation. */
    public static final Target EVERYTHING = new Target("", "", "", "");

    public static Target of(RunRequest request) {
        return new Target(
                request.operation().value(),
                request.environment().value(),
                request.playbook().map(PlaybookName::value).orElse(""),
                "");
    }

    public static Target of(EnvironmentName environment) {
        return new Target("", environment.value(), "", "");
    }

    /** {@code deploy in production}, empty for everything. */
    String words() {
        var what = operation.equals("play") && !playbook.isEmpty() ? "play " + playbook : operation;
        var where = environment.isEmpty() ? "" : "in " + environment;
        return (what + " " + where).strip();
    }
}
