package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The options of a command that starts a run. They are ours; none is handed to Ansible as it was written. */
final class RunOptions {
    private static final List<String> KNOWN = List.of(
            "--limit",
            "--tags",
            "--check",
            "--diff",
            "--extra-vars",
            "--name",
            "--description",
            "--reason",
            "--override",
            "--yes");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private final List<String> words = new ArrayList<>();
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();
    private String limit = "";
    private String name = "";
    private String description = "";
    private String override = "";
    private boolean check;
    private boolean diff;
    private boolean sure;

    /** Reads the words; returns what is wrong with them, if anything. */
    Optional<String> read(List<String> all) {
        var left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            var word = left.removeFirst();
            var wrong = word.startsWith("-") && word.length() > 1 ? option(word, left) : plain(word);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> plain(String word) {
        if (word.contains("=")) {
            return variable(word);
        }
        words.add(word);
        return Optional.empty();
    }

    private Optional<String> option(String word, List<String> left) {
        int equals = word.indexOf('=');
        var option = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
        switch (option) {
            case "--check", "-C" -> check = true;
            case "--diff", "-D" -> diff = true;
            case "--yes", "-y" -> sure = true;
            default -> {
                var value = equals > 0 && word.startsWith("--")
                        ? Optional.of(word.substring(equals + 1))
                        : left.isEmpty() ? Optional.<String>empty() : Optional.of(left.removeFirst());
                return valued(option, value);
            }
        }
        return equals > 0 ? Optional.of(option + " takes no value") : Optional.empty();
    }

    private Optional<String> valued(String option, Optional<String> value) {
        var spelled = switch (option) {
            case "-l" -> "--limit";
            case "-t" -> "--tags";
            case "-e" -> "--extra-vars";
            default -> option;
        };
        if (!KNOWN.contains(spelled)) {
            var near = Suggestion.of(spelled, KNOWN)
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("; there are " + String.join(" ", KNOWN));
            return Optional.of("there is no option " + UntrustedText.line(option, 40) + near);
        }
        if (value.isEmpty() || value.get().isBlank()) {
            return Optional.of(option + " needs a value");
        }
        switch (spelled) {
            case "--limit" -> limit = limit.isEmpty() ? value.get() : limit + "," + value.get();
            case "--tags" -> tags.addAll(List.of(value.get().split(",", -1)));
            case "--name" -> name = value.get();
            case "--description", "--reason" -> description = value.get();
            case "--override" -> override = value.get();
            default -> {
                return variable(value.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> variable(String text) {
        var found = VARIABLE.matcher(text);
        if (!found.matches()) {
            return Optional.of("\"" + UntrustedText.line(text, 60) + "\" is not a variable (key=value)");
        }
        if (variables.put(found.group(1), found.group(2)) != null) {
            return Optional.of(found.group(1) + " is given twice");
        }
        return Optional.empty();
    }

    void check() {
        check = true;
        diff = true;
    }

    boolean isSure() {
        return sure;
    }

    List<String> words() {
        return words;
    }

    StartCommand start(String operation, String environment, Optional<String> playbook) {
        return new StartCommand(
                operation, environment, playbook, limit, tags, check, diff, variables, name, description, override);
    }
}
