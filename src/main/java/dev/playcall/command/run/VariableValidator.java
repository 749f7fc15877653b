package dev.playcall.command.run;

import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.Value;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.secret.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Only variables that a playbook declares may be given, and only values it allows. */
final class VariableValidator {
    private static final int MOST_NAMED = 3;

    private final Map<String, VariableSpec> known = new LinkedHashMap<>();
    private final Optional<PlaybookName> playbook;
    private final List<String> prompts;
    private final Map<String, Object> given;

    VariableValidator(OperationSpec operation, Optional<Playbook> playbook, Map<String, Object> given) {
        this.playbook = playbook.map(Playbook::name);
        this.prompts = playbook.map(Playbook::prompts).orElse(List.of());
        playbook.ifPresent(p -> p.variables().forEach(v -> known.put(v.name(), v)));
        operation.variables().forEach(v -> known.put(v.name(), v));
        this.given = given;
    }

    SortedMap<String, Value> check(SecretCheck secrets) throws RunRequestValidator.InvalidRequestException {
        var values = new TreeMap<String, Value>();
        refuseUnknown();
        for (var entry : new TreeMap<>(given).entrySet()) {
            var spec = Objects.requireNonNull(known.get(entry.getKey()));
            values.put(
                    spec.name(),
                    spec.secret()
                            ? secrets.given(spec, entry.getValue())
                            : secrets.open(value(spec, entry.getValue()), spec));
        }
        for (var spec : known.values()) {
            if (values.containsKey(spec.name())) {
                continue;
            }
            if (spec.secret()) {
                secrets.kept(spec).ifPresent(v -> values.put(spec.name(), v));
                continue;
            }
            spec.defaultValue().ifPresent(v -> values.put(spec.name(), v));
            if (spec.required() && spec.defaultValue().isEmpty()) {
                throw RunRequestValidator.wrong(
                        "variables." + spec.name(),
                        spec.name() + " is required" + because(spec),
                        Optional.of(spec.name() + "=" + example(spec)));
            }
        }
        for (var name : prompts) {
            if (!values.containsKey(name)) {
                throw unanswered(name);
            }
        }
        return values;
    }

    /** Nobody is there to answer a prompt, and Ansible would go on with None. */
    private RunRequestValidator.InvalidRequestException unanswered(String name) {
        var place = playbook.map(p -> p + ".meta.yml").orElse("its .meta.yml");
        return known.containsKey(name)
                ? RunRequestValidator.wrong(
                        "variables." + name,
                        name + " is required: the playbook asks for it (vars_prompt)",
                        Optional.of(name + "=…"))
                : RunRequestValidator.wrong(
                        "variables." + name,
                        "the playbook asks for \"" + name
                                + "\" (vars_prompt), which nobody can answer here: declare it in " + place
                                + " (variables: { " + name + ": { type: text } }) and give it with the command",
                        Optional.empty());
    }

    /** The first few are named, however many there are. */
    private void refuseUnknown() throws RunRequestValidator.InvalidRequestException {
        var unknown = given.keySet().stream()
                .filter(n -> !known.containsKey(n))
                .sorted()
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        var there = known.isEmpty()
                ? "it has no variables"
                        + playbook.map(p -> " (variables: in " + p + ".meta.yml names them)")
                                .orElse("")
                : "its variables are " + String.join(", ", known.keySet());
        throw RunRequestValidator.wrong(
                "variables." + shortened(unknown.getFirst()),
                TextFormat.list(unknown, MOST_NAMED, VariableValidator::quoted)
                        + (unknown.size() == 1 ? " is not a variable" : " are not variables")
                        + " of this playbook; " + there,
                Suggestion.of(unknown.getFirst(), known.keySet()).map(n -> "did you mean " + n + "?"));
    }

    private static String quoted(String name) {
        return '"' + shortened(name) + '"';
    }

    private static String shortened(String name) {
        return Truncate.of(name, 60);
    }

    private static Value value(VariableSpec spec, Object raw) throws RunRequestValidator.InvalidRequestException {
        if (raw instanceof SecretText) {
            throw RunRequestValidator.wrong(
                    "variables." + spec.name(),
                    spec.name() + " is not declared as secret",
                    Optional.of("give it as plain text, or declare it with secret: true"));
        }
        return switch (spec.check(raw)) {
            case VariableSpec.Ok(var value) -> value;
            case VariableSpec.Invalid(var message) ->
                throw RunRequestValidator.wrong("variables." + spec.name(), message, Optional.empty());
        };
    }

    private static String because(VariableSpec spec) {
        return spec.description().isBlank() ? "" : " (" + spec.description() + ")";
    }

    private static String example(VariableSpec spec) {
        return spec.choices().isEmpty() ? "…" : spec.choices().getFirst();
    }
}
