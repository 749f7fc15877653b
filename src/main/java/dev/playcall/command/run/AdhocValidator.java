package dev.playcall.command.run;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.variable.Sanitized;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestValidator.InvalidRequestException;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The module of an ad-hoc run has to be allowed; what it is given is data, whatever is in it. */
final class AdhocValidator {
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    /** What modules call their secrets; {@code update_password} says when one is written. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?!update_password$)(.*_)?(password|passwd|passphrase|token|secret|api_?key|private_key|credentials?)");

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n\\t]]");
    private static final int LONGEST_TEXT = 2000;
    private static final int LONGEST_VALUE = 20_000;
    private static final int MOST_ARGUMENTS = 100;
    private static final String KEY = "adhoc.modules in playcall.yml";

    private final Catalog catalog;
    private final SecretService secrets;
    private final StartCommand command;

    AdhocValidator(Catalog catalog, SecretService secrets, StartCommand command) {
        this.catalog = catalog;
        this.secrets = secrets;
        this.command = command;
    }

    AdhocTask task() throws InvalidRequestException {
        var asked = command.task()
                .filter(t -> !t.module().isBlank())
                .orElseThrow(() -> RunRequestValidator.wrong(
                        "module",
                        "which module? " + allowed(),
                        Optional.of("adhoc " + command.environment() + " ping")));
        var task = new AdhocTask(module(asked.module().strip()), asked.text().strip(), asked.become());
        if (!command.tags().isEmpty()) {
            throw RunRequestValidator.wrong(
                    "tags", "adhoc runs one task, which has no tags", Optional.of("omit the tags"));
        }
        text(task);
        return task;
    }

    private String module(String name) throws InvalidRequestException {
        var shortName = AdhocTask.shortName(name);
        return catalog.modules().stream()
                .filter(m -> AdhocTask.shortName(m).equals(shortName))
                .findFirst()
                .orElseThrow(() -> RunRequestValidator.wrong(
                        "module",
                        "module \"" + Sanitized.of(name, 60) + "\" is not allowed; " + allowed(),
                        Suggestion.of(name, catalog.modules()).map(n -> "did you mean " + n + "?")));
    }

    private String allowed() {
        return catalog.modules().isEmpty()
                ? "no module is allowed (" + KEY + ")"
                : "allowed are " + String.join(", ", catalog.modules()) + " (" + KEY + ")";
    }

    private void text(AdhocTask task) throws InvalidRequestException {
        if (!task.text().isEmpty() && !task.takesText()) {
            throw RunRequestValidator.wrong(
                    "args",
                    "\"" + Sanitized.of(task.text(), 60) + "\" is unexpected: " + task.module()
                            + " has arguments written key=value; only command and shell take free text",
                    Optional.empty());
        }
        needsText(task);
        visible("args", task.text(), LONGEST_TEXT);
    }

    private void needsText(AdhocTask task) throws InvalidRequestException {
        if (task.takesText()
                && task.text().isEmpty()
                && !command.variables().containsKey("cmd")
                && !command.variables().containsKey("argv")) {
            throw RunRequestValidator.wrong(
                    "args",
                    "what should " + task.module() + " execute?",
                    Optional.of("adhoc " + command.environment() + " " + task.module() + " \"uptime\""));
        }
    }

    /** The arguments, as the module gets them. */
    SortedMap<String, Value> arguments(SecretCheck check) throws InvalidRequestException {
        var arguments = new TreeMap<String, Value>();
        if (command.variables().size() > MOST_ARGUMENTS) {
            throw RunRequestValidator.wrong(
                    "args",
                    command.variables().size() + " arguments are more than the " + MOST_ARGUMENTS
                            + " that are accepted",
                    Optional.empty());
        }
        for (var entry : new TreeMap<>(command.variables()).entrySet()) {
            var name = entry.getKey();
            named(name);
            arguments.put(name, value(name, entry.getValue(), check));
        }
        return arguments;
    }

    private static void named(String name) throws InvalidRequestException {
        if (!ARGUMENT.matcher(name).matches()) {
            throw RunRequestValidator.wrong(
                    "args." + Sanitized.of(name, 60),
                    "\"" + Sanitized.of(name, 60) + "\" is not the name of an argument (letters, digits and _ only)",
                    Optional.empty());
        }
    }

    private Value value(String name, Object raw, SecretCheck check) throws InvalidRequestException {
        if (raw instanceof SecretText || raw instanceof Value.Secret) {
            return check.argument(name, raw);
        }
        if (SECRET.matcher(name).matches()) {
            throw RunRequestValidator.wrong(
                    "args." + name,
                    SecretService.inClear(name),
                    Optional.of("give it over HTTP as {\"secret\": \"…\"}, or write a playbook that declares it"));
        }
        return switch (raw) {
            case Boolean flag -> new Value.Flag(flag);
            case Number number -> new Value.Decimal(new BigDecimal(number.toString()));
            case String text -> new Value.Text(visible("args." + name, text, LONGEST_VALUE));
            case List<?> items -> items(name, items);
            default -> throw wrongKind(name);
        };
    }

    private Value items(String name, List<?> items) throws InvalidRequestException {
        for (var item : items) {
            if (!(item instanceof String text)) {
                throw wrongKind(name);
            }
            visible("args." + name, text, LONGEST_VALUE);
        }
        return new Value.Items(items.stream().map(String.class::cast).toList());
    }

    private static InvalidRequestException wrongKind(String name) {
        return RunRequestValidator.wrong(
                "args." + name, name + " must be a text, a number, true, false or a list of texts", Optional.empty());
    }

    /** Who approves it has to see all of it. */
    private String visible(String field, String text, int longest) throws InvalidRequestException {
        if (text.length() > longest) {
            throw RunRequestValidator.wrong(
                    field,
                    "it has " + text.length() + " characters; at most " + longest + " are accepted",
                    Optional.empty());
        }
        if (UNSEEN.matcher(text).find()) {
            throw RunRequestValidator.wrong(
                    field,
                    "it contains a character that cannot be seen (" + Sanitized.of(text, 60) + ")",
                    Optional.empty());
        }
        if (secrets.knows(text)) {
            throw RunRequestValidator.wrong(field, SecretService.KNOWN, Optional.empty());
        }
        return text;
    }
}
