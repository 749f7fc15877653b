package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.config.Section;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.domain.name.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values that belong together under a name, as a start takes them where it gives none itself. */
final class VariableTemplates {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Map<String, VariableSpec> variables;

    /** @param variables of the playbook */
    VariableTemplates(List<VariableSpec> variables) {
        this.variables = variables.stream().collect(Collectors.toMap(VariableSpec::name, v -> v));
    }

    /** The templates of a mapping from name to values; a value that its variable refuses is told with its place. */
    SortedMap<String, Map<String, Object>> read(Section s) {
        var templates = new TreeMap<String, Map<String, Object>>();
        s.entries().keySet().forEach(name -> {
            if (NAME.matcher(name).matches()) {
                templates.put(name, values(s.section(name)));
            } else {
                s.wrong(s.place(name), name, "is not a name for a template (a-z, 0-9, dots, - and _)");
            }
        });
        return templates;
    }

    private Map<String, Object> values(Section s) {
        var values = new TreeMap<String, Object>();
        s.entries().forEach((name, yaml) -> value(s, name, yaml).ifPresent(v -> values.put(name, v)));
        s.end();
        return values;
    }

    private Optional<Object> value(Section s, String name, Yaml yaml) {
        s.raw(name);
        var spec = variables.get(name);
        if (spec == null) {
            var near = Suggestion.of(name, variables.keySet())
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            s.wrong(s.place(name), name, "is not a variable of the playbook" + near);
            return Optional.empty();
        }
        if (spec.secret()) {
            s.wrong(
                    s.place(name),
                    name,
                    "a secret cannot stand here (./playcall secret set " + spec.secretName() + ")");
            return Optional.empty();
        }
        var raw = raw(yaml);
        return switch (spec.check(raw)) {
            case VariableSpec.Ok _ -> Optional.of(raw);
            case VariableSpec.Invalid(var message) -> {
                s.wrong(s.place(name), name, message.substring(name.length() + 2));
                yield Optional.empty();
            }
        };
    }

    /** A value as {@link VariableSpec#check} takes it. */
    static Object raw(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar.isNull() ? "" : scalar.text();
            case Yaml.Sequence(var _, var items) ->
                items.stream()
                        .map(i -> i instanceof Yaml.Scalar text ? text.text() : "\u0000")
                        .toList();
            case Yaml.Mapping mapping -> mapping.entries();
        };
    }
}
