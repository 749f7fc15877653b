package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.RepeatReason;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind {@code retry 412} and {@code rerun 412}: why it is done again. */
final class RetryCommandParser {
    private static final String REASON = "--reason";
    private static final String OVERRIDE = "--override";
    private static final String LIMIT = "--limit";
    private static final String YES = "--yes";

    private final List<String> known;
    private String reason = "";
    private String override = "";
    private String limit = "";
    private boolean confirmed;

    /** @param chooses whether hosts may be chosen */
    RetryCommandParser(boolean chooses) {
        known = chooses ? List.of(REASON, OVERRIDE, LIMIT, YES) : List.of(REASON, OVERRIDE, YES);
    }

    /** Reads the words behind the number; returns what is wrong with them, if anything. */
    Optional<String> read(List<String> words) {
        var left = new ArrayList<>(words);
        while (!left.isEmpty()) {
            var wrong = one(left.removeFirst(), left);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> one(String word, List<String> left) {
        int equals = word.indexOf('=');
        var option = equals > 0 ? word.substring(0, equals) : word;
        if (!word.startsWith("-")) {
            return Optional.of("which run? One at a time; \"" + UntrustedText.line(word, 40) + "\" is unexpected");
        }
        if (!known.contains(option)) {
            var near = Suggestion.of(option, known)
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("; a re-run uses the same request, and only " + String.join(" and ", known)
                            + " can be added");
            return Optional.of("\"" + UntrustedText.line(word, 40) + "\" is not allowed here" + near);
        }
        if (word.equals(YES)) {
            confirmed = true;
            return Optional.empty();
        }
        var value = equals > 0 ? word.substring(equals + 1) : left.isEmpty() ? "" : left.removeFirst();
        if (value.isBlank()) {
            return Optional.of(option
                    + (option.equals(LIMIT)
                            ? " needs hosts: --limit web-1"
                            : " needs a text: " + option + " \"site is down\""));
        }
        if (option.equals(REASON)) {
            reason = value;
        } else if (option.equals(LIMIT)) {
            limit = limit.isEmpty() ? value : limit + "," + value;
        } else {
            override = value;
        }
        return Optional.empty();
    }

    /** The hosts that are chosen, empty for all that are left. */
    String limit() {
        return limit;
    }

    RepeatReason why() {
        return new RepeatReason(reason, override, confirmed);
    }
}
