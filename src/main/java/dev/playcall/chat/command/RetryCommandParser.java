package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.RepeatReason;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands behind {@code retry 412} and {@code rerun 412}: why it is done again, and what is different. */
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
    private final boolean changes;
    private final Map<String, Object> variables = new LinkedHashMap<>();

    private RetryCommandParser(boolean chooses, boolean changes) {
        known = chooses ? List.of(REASON, OVERRIDE, LIMIT, YES) : List.of(REASON, OVERRIDE, YES);
        this.changes = changes;
    }

    /** For a retry of a run: hosts may be chosen, and variables have other values. */
    static RetryCommandParser ofRun() {
        return new RetryCommandParser(true, true);
    }

    /** For a retry of a deployment: variables may have other values. */
    static RetryCommandParser ofDeployment() {
        return new RetryCommandParser(false, true);
    }

    /** For what is done again as it was. */
    static RetryCommandParser unchanged() {
        return new RetryCommandParser(false, false);
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
        var variable = RunOptions.VARIABLE.matcher(word);
        if (changes && variable.matches()) {
            return variables.put(variable.group(1), variable.group(2)) == null
                    ? Optional.empty()
                    : Optional.of(variable.group(1) + " is given twice");
        }
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

    /** Those that have another value than before. */
    Map<String, Object> variables() {
        return variables;
    }

    RepeatReason why() {
        return new RepeatReason(reason, override, confirmed);
    }
}
