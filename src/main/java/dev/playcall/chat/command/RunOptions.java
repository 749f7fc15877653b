package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The options of a command that starts a run. They are ours; none is handed to Ansible as it was written. */
final class RunOptions {
    private static final List<String> KNOWN = List.of(
            "--limit",
            "--tags",
            "--skip-tags",
            "--start-at-task",
            "--flush-cache",
            "--verbosity",
            "--slices",
            "--check",
            "--diff",
            "--extra-vars",
            "--name",
            "--template",
            "--description",
            "--reason",
            "--override",
            "--yes");
    static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    /** Arguments of command and shell; another word with = in it is what they are to execute. */
    private static final Set<String> OF_TEXT_MODULES = Set.of(
            "argv",
            "chdir",
            "cmd",
            "creates",
            "executable",
            "removes",
            "stdin",
            "stdin_add_newline",
            "strip_empty_ends");

    /** Environment and module. */
    private static final int BEFORE_TEXT = 2;

    private final boolean adhoc;
    private final List<String> words = new ArrayList<>();
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();
    private final List<String> skipTags = new ArrayList<>();
    private String limit = "";
    private String startAtTask = "";
    private String text = "";
    private int verbosity;
    private boolean flushCache;
    private Optional<Integer> slices = Optional.empty();
    private boolean become;
    private String name = "";
    private String description = "";
    private String override = "";
    private String template = "";
    private boolean check;
    private boolean diff;
    private boolean sure;

    /** @param adhoc whether they are of a command that takes a module */
    RunOptions(boolean adhoc) {
        this.adhoc = adhoc;
    }

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
        if (isText(word)) {
            text = word;
            return Optional.empty();
        }
        if (word.contains("=")) {
            return variable(word);
        }
        words.add(word);
        return Optional.empty();
    }

    /** What comes first after a module that takes free text, unless it is an argument with a name. */
    private boolean isText(String word) {
        if (!adhoc || words.size() < BEFORE_TEXT || !text.isEmpty()) {
            return false;
        }
        var named = VARIABLE.matcher(word);
        return new AdhocTask(words.getLast(), "", false).takesText()
                && !(named.matches() && OF_TEXT_MODULES.contains(named.group(1)));
    }

    private Optional<String> option(String word, List<String> left) {
        int equals = word.indexOf('=');
        var option = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
        switch (option) {
            case "--check", "-C" -> check = true;
            case "--diff", "-D" -> diff = true;
            case "--yes", "-y" -> sure = true;
            case "--flush-cache" -> flushCache = true;
            case "-v", "-vv", "-vvv", "-vvvv" -> verbosity = Math.max(verbosity, option.length() - 1);
            default -> {
                if (adhoc && (option.equals("--become") || option.equals("-b"))) {
                    become = true;
                    break;
                }
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
            case "--skip-tags" -> skipTags.addAll(List.of(value.get().split(",", -1)));
            case "--verbosity" -> {
                return verbosity(value.get());
            }
            case "--slices" -> {
                return slices(value.get());
            }
            case "--start-at-task" -> startAtTask = value.get();
            case "--name" -> name = value.get();
            case "--template" -> template = value.get();
            case "--description", "--reason" -> description = value.get();
            case "--override" -> override = value.get();
            default -> {
                return variable(value.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> verbosity(String value) {
        if (!value.matches("[0-4]")) {
            return Optional.of("--verbosity must be 0 to " + AnsibleOptions.MOST_VERBOSE + ", as -v to -vvvv");
        }
        verbosity = Math.max(verbosity, Integer.parseInt(value));
        return Optional.empty();
    }

    private Optional<String> slices(String value) {
        slices = AnsibleOptions.slices(value);
        return slices.isPresent()
                ? Optional.empty()
                : Optional.of("--slices must be auto or a number from 1 to " + AnsibleOptions.MOST_SLICES);
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
                operation,
                environment,
                playbook,
                limit,
                tags,
                check,
                diff,
                variables,
                name,
                description,
                override,
                new AnsibleOptions(skipTags, verbosity, startAtTask, flushCache, slices),
                Optional.empty(),
                template);
    }

    /** A start of the module that is named after the environment. */
    StartCommand adhoc() {
        var environment = words.isEmpty() ? "" : words.getFirst();
        var module = words.size() < BEFORE_TEXT ? "" : words.get(1);
        return start(Operation.ADHOC.value(), environment, Optional.empty())
                .with(Optional.of(new AdhocTask(module, text, become)));
    }
}
