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
        return new StartCommand(
                operation,
                environment,
                playbook,
                limit,
                tags,
                check,
                diff,
                others,
                name,
                description,
                override,
                options,
                task,
                template);
    }

    /** The same start under this name. */
    public StartCommand named(String other) {
        return new StartCommand(
                operation,
                environment,
                playbook,
                limit,
                tags,
                check,
                diff,
                variables,
                other,
                description,
                override,
                options,
                task,
                template);
    }

    /** The same start in this environment. */
    public StartCommand in(String other) {
        return new StartCommand(
                operation,
                other,
                playbook,
                limit,
                tags,
                check,
                diff,
                variables,
                name,
                description,
                override,
                options,
                task,
                template);
    }

    /** The same start on these hosts. */
    public StartCommand on(List<String> hosts) {
        var names = String.join(",", hosts);
        return new StartCommand(
                operation,
                environment,
                playbook,
                names,
                tags,
                check,
                diff,
                variables,
                name,
                description,
                override,
                options,
                task,
                template);
    }

    /** The same start once more; an override is only valid for the run it was given for. */
    public StartCommand because(RepeatReason why) {
        var text = why.reason().isBlank() ? description : why.reason();
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
                text,
                why.override(),
                options,
                task,
                template);
    }

    /** The same start with these options of Ansible. */
    public StartCommand with(AnsibleOptions others) {
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
                others,
                task,
                template);
    }

    /** The same start with this module. */
    public StartCommand with(Optional<AdhocTask> module) {
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
                options,
                module,
                template);
    }
}
