package dev.playcall.command;

import static dev.playcall.domain.ansible.AnsibleOptions.NONE;

import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.security.secret.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The command that starts an operation or a playbook in one environment.
 *
 * @param playbook for {@code play}; every other operation has one in the catalogue
 * @param limit hosts and groups, comma-separated; empty for all
 * @param variables as written: numbers and booleans may come as text, a secret as {@link SecretText} or, when it is kept already,
 *     as {@link Value.Secret}
 * @param task what {@code adhoc} is to run; its arguments are the variables
 * @param template the values of the playbook that count for variables that are not given; empty for none
 * @param override the reason to start in spite of a lock or a freeze; empty when both are respected
 */
public record StartCommand(
        String operation,
        String environment,
        Optional<String> playbook,
        String limit,
        List<String> tags,
        boolean check,
        boolean diff,
        Map<String, Object> variables,
        String name,
        String description,
        String override,
        AnsibleOptions options,
        Optional<AdhocTask> task,
        String template)
        implements Command {
    public StartCommand {
        playbook = playbook.map(PlaybookName::withoutEnding);
        tags = List.copyOf(tags);
        variables = Map.copyOf(variables);
    }

    /** A start that respects locks and freezes. */
    public StartCommand(
            String operation,
            String environment,
            Optional<String> playbook,
            String limit,
            List<String> tags,
            boolean check,
            boolean diff,
            Map<String, Object> variables,
            String name,
            String description) {
        this(
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
                "",
                NONE,
                Optional.empty(),
                "");
    }

    /** Only what is started and where, to ask whether somebody may. */
    public static StartCommand of(String operation, String environment) {
        return new StartCommand(
                operation, environment, Optional.empty(), "", List.of(), false, false, Map.of(), "", "");
    }

    @Override
    public String auditAction() {
        return "start";
    }

    @Override
    public String subject() {
        return operation
                + playbook.or(() -> task.map(AdhocTask::module))
                        .map(p -> " " + p)
                        .orElse("") + " " + environment;
    }

    @Override
    public Optional<String> environmentName() {
        return Optional.of(environment);
    }

    /** Only the names of variables: whether a value is secret is not known before they are checked. */
    @Override
    public Map<String, String> auditDetails() {
        var details = new LinkedHashMap<String, String>();
        details.put("override", override);
        details.put("limit", limit);
        details.put("tags", String.join(",", tags));
        details.put("check", check ? "true" : "");
        details.put("template", template);
        details.put("options", options.words());
        details.put("become", task.filter(AdhocTask::become).isPresent() ? "true" : "");
        details.put("variables", variables.keySet().stream().sorted().collect(Collectors.joining(" ")));
        return details;
    }

    /** Whether a value was given for this run alone. */
    public boolean hasOneTimeSecret() {
        return variables.values().stream().anyMatch(v -> v instanceof SecretText || v instanceof Value.Secret);
    }

    /** The same start with other variables. */
    public StartCommand with(Map<String, Object> others) {
        return change(c -> c.variables = others);
    }

    /** The same start with these values in place of its own, or besides them. */
    public StartCommand changing(Map<String, Object> others) {
        var changed = new LinkedHashMap<>(variables);
        changed.putAll(others);
        return with(changed);
    }

    /** The same start under this name. */
    public StartCommand named(String other) {
        return change(c -> c.name = other);
    }

    /** The same start in this environment. */
    public StartCommand in(String other) {
        return change(c -> c.environment = other);
    }

    /** The same start on these hosts. */
    public StartCommand on(List<String> hosts) {
        return change(c -> c.limit = String.join(",", hosts));
    }

    /** The same start once more; an override is only valid for the run it was given for. */
    public StartCommand because(RepeatReason why) {
        return change(c -> {
            c.description = why.reason().isBlank() ? description : why.reason();
            c.override = why.override();
        });
    }

    /** The same start with these options of Ansible. */
    public StartCommand with(AnsibleOptions others) {
        return change(c -> c.options = others);
    }

    /** The same start with this module. */
    public StartCommand with(Optional<AdhocTask> module) {
        return change(c -> c.task = module);
    }

    private StartCommand change(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return copy.start(this);
    }

    /** What may be another one in a copy. */
    private static final class Copy {
        private String environment;
        private String limit;
        private Map<String, Object> variables;
        private String name;
        private String description;
        private String override;
        private AnsibleOptions options;
        private Optional<AdhocTask> task;

        Copy(StartCommand of) {
            environment = of.environment;
            limit = of.limit;
            variables = of.variables;
            name = of.name;
            description = of.description;
            override = of.override;
            options = of.options;
            task = of.task;
        }

        StartCommand start(StartCommand of) {
            return new StartCommand(
                    of.operation,
                    environment,
                    of.playbook,
                    limit,
                    of.tags,
                    of.check,
                    of.diff,
                    variables,
                    name,
                    description,
                    override,
                    options,
                    task,
                    of.template);
        }
    }
}
