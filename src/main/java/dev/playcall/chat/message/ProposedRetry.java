package dev.playcall.chat.message;

import dev.playcall.chat.message.Message.Button;
import dev.playcall.domain.name.RunId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A retry that a report proposes: a line of its text, and a button where there are buttons.
 *
 * @param what is run where, one line
 */
public record ProposedRetry(RunId run, String what) {
    private static final Pattern LINE = Pattern.compile("→ retry ([1-9]\\d{0,14}) \\((.{0,200})\\)");
    private static final int LONGEST_LABEL = 40;

    /** {@code → retry 412 (deploy staging)}. */
    public String line() {
        return "→ retry " + run.value() + " (" + UntrustedText.line(what, 100) + ")";
    }

    /** What {@link #line} wrote; empty for any other line. */
    public static Optional<ProposedRetry> of(String line) {
        var found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(new ProposedRetry(new RunId(Long.parseLong(found.group(1))), found.group(2)))
                : Optional.empty();
    }

    public Button button() {
        return Button.plain(
                UntrustedText.line("Retry " + run + " " + what, LONGEST_LABEL),
                new Action(Action.Kind.RETRY, run.value()),
                "retry " + run.value());
    }
}
