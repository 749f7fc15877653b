package dev.playcall.catalog.playbook;

import dev.playcall.catalog.playbook.Playbook.Danger;
import dev.playcall.catalog.variable.VariableNames;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.catalog.variable.VariableSpec.SecretSource;
import dev.playcall.config.Quantities;
import dev.playcall.config.RolloutSection;
import dev.playcall.config.Section;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads what {@code playbooks/<name>.meta.yml} says of a playbook. */
final class MetaFile {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
    private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    /** What the loader, Python, Ansible, ssh and we look for in the environment. */
    private static final Pattern OURS_ALONE = Pattern.compile(
            "(ANSIBLE|PLAYCALL|LD|PYTHON|SSH|LC|GIT|DYLD)_?.*|PATH|HOME|SHELL|IFS|ENV|BASH_ENV|LANG|USER|LOGNAME|TZ|.*_PROXY",
            Pattern.CASE_INSENSITIVE);

    private final List<Problem> problems;

    MetaFile(List<Problem> problems) {
        this.problems = problems;
    }

    Playbook read(PlaybookName name, Path file, Optional<Yaml> yaml) {
        var s = new Section("", yaml, problems);
        var playbook = new Playbook(
                name,
                file,
                s.text("title", name.value()),
                s.text("description", ""),
                s.optionalValue("operation", MetaFile::operation, "a name for an operation", "deploy"),
                s.optionalValue("timeout", Quantities::positiveDuration, "a duration", "10m"),
                word(s, "danger", Danger.NORMAL, Danger.values()),
                inputs(s, Prompts.of(file)),
                PlaybookVenv.read(s),
                s.optionalValue("run_on", MetaFile::host, "the name of a host", "jump-1")
                        .filter(h -> !h.equals("localhost")),
                RolloutSection.read(s),
                s.labels("node_selector"));
        s.end();
        return playbook;
    }

    private Playbook.Inputs inputs(Section s, Prompts prompts) {
        int before = problems.size();
        var variables = variables(s.section("variables"));
        var templates = s.section("templates");
        // What is wrong with a variable is said once, and not again of each template that has a value for it.
        return problems.size() > before
                ? Playbook.Inputs.of(variables, prompts, Collections.emptySortedMap())
                : Playbook.Inputs.of(variables, prompts, new VariableTemplates(variables).read(templates));
    }

    private static Optional<String> host(String text) {
        return Optional.of(text).filter(t -> HOST.matcher(t).matches());
    }

    private static Optional<Operation> operation(String text) {
        return Operation.isValid(text) ? Optional.of(new Operation(text)) : Optional.empty();
    }

    /** The variables of a mapping from name to description. */
    List<VariableSpec> variables(Section s) {
        var specs = new ArrayList<VariableSpec>();
        s.entries().forEach((name, yaml) -> {
            var refusal = VariableNames.refusal(name);
            if (refusal.isPresent()) {
                s.wrong(s.place(name), name, refusal.get());
            } else {
                variable(name, s.section(name), yaml).ifPresent(specs::add);
            }
        });
        return specs;
    }

    private Optional<VariableSpec> variable(String name, Section s, Yaml yaml) {
        int before = problems.size();
        var type = word(s, "type", VariableSpec.Type.TEXT, VariableSpec.Type.values());
        var choices = s.texts("choices");
        var pattern = s.optionalValue("pattern", MetaFile::pattern, "a regular expression", "[a-z]+");
        var spec = new VariableSpec(
                name,
                type,
                s.text("description", ""),
                choices,
                Optional.empty(),
                pattern,
                s.flag("required", false),
                secret(name, s));
        fits(spec, s, yaml);
        var given = s.raw("default");
        s.end();
        var value = given.flatMap(y -> defaultValue(spec, s, y));
        return problems.size() > before ? Optional.empty() : Optional.of(withDefault(spec, value));
    }

    /** What is said of a variable has to mean something for its type. */
    private static void fits(VariableSpec spec, Section s, Yaml yaml) {
        if (spec.type() == VariableSpec.Type.CHOICE && spec.choices().isEmpty()) {
            s.wrong(yaml.place().toString(), "choices", "a choice needs some (choices: [blue, green])");
        }
        if (List.of(VariableSpec.Type.BOOLEAN, VariableSpec.Type.INTEGER, VariableSpec.Type.NUMBER)
                .contains(spec.type())) {
            var type = spec.type().name().toLowerCase(Locale.ROOT);
            s.raw("choices").ifPresent(_ -> s.wrong(s.place("choices"), "choices", "mean nothing for type " + type));
            spec.pattern().ifPresent(_ -> s.wrong(s.place("pattern"), "pattern", "means nothing for type " + type));
        }
        if (spec.secret()) {
            secretFits(spec, s);
        }
    }

    private static void secretFits(VariableSpec spec, Section s) {
        s.raw("default")
                .ifPresent(_ -> s.wrong(
                        s.place("default"),
                        "default",
                        "a secret cannot stand here (./playcall secret set " + spec.secretName() + ")"));
        if (spec.type() != VariableSpec.Type.TEXT || !spec.choices().isEmpty()) {
            s.wrong(s.place("secret"), "secret", "a secret is a text without choices");
        }
    }

    /** {@code true}, or which secret it is and how Ansible gets it. */
    private static Optional<SecretSource> secret(String variable, Section s) {
        if (!(s.raw("secret").orElse(null) instanceof Yaml.Mapping)) {
            return s.flag("secret", false) ? Optional.of(SecretSource.ASKED) : Optional.empty();
        }
        var secret = s.section("secret");
        var name = secret.optionalValue("name", MetaFile::secretName, "a name for a secret", "db_password");
        boolean environment = secret.oneOf("as", "variable", "environment").equals("environment");
        if (environment && OURS_ALONE.matcher(variable).matches()) {
            secret.wrong(
                    secret.place("as"), "as", "the environment variable " + variable + " decides what is executed");
        }
        secret.end();
        return Optional.of(new SecretSource(name, environment));
    }

    private static Optional<String> secretName(String text) {
        return SECRET_NAME.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static VariableSpec withDefault(VariableSpec spec, Optional<Value> value) {
        return new VariableSpec(
                spec.name(),
                spec.type(),
                spec.description(),
                spec.choices(),
                value,
                spec.pattern(),
                spec.required(),
                spec.source());
    }

    private static Optional<Value> defaultValue(VariableSpec spec, Section s, Yaml yaml) {
        return switch (spec.check(VariableTemplates.raw(yaml))) {
            case VariableSpec.Ok(var value) -> Optional.of(value);
            case VariableSpec.Invalid(var message) -> {
                s.wrong(
                        s.place("default"),
                        "default",
                        message.substring(spec.name().length() + 2));
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> pattern(String text) {
        try {
            Pattern.compile(text);
            return Optional.of(text);
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> E word(Section s, String key, E otherwise, E[] words) {
        var known =
                Arrays.stream(words).map(w -> w.name().toLowerCase(Locale.ROOT)).toList();
        var wanted = s.optional(key);
        var found = wanted.flatMap(w -> Stream.of(words)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(w))
                .findFirst());
        if (wanted.isPresent() && found.isEmpty()) {
            var near = Suggestion.of(wanted.get(), known)
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            s.wrong(s.place(key), key, "\"" + wanted.get() + "\" is not one of " + String.join(", ", known) + near);
        }
        return found.orElse(otherwise);
    }
}
