package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.Playbook.Danger;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.catalog.variable.VariableSpec.SecretSource;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request to start something still lacks: required variables, or the word of its author that it is meant. */
record MissingInput(Catalog catalog, SecretService vault, StartCommand command) {

    /** What fits into a form of every platform. */
    private static final int MOST = 5;

    /** The fields of a form, when something required is not given; also the optional ones, with what they have. */
    public List<Form.Field> fields() {
        var specs = variables(catalog, command.operation(), command.playbook())
                .filter(v -> !v.secret() || !isKnown(v))
                .sorted(Comparator.comparing(v -> !isMissing(v)))
                .toList();
        boolean lacks = specs.stream().anyMatch(this::isMissing);
        return lacks ? specs.stream().map(this::field).limit(MOST).toList() : List.of();
    }

    /** Whether a variable or a template is named that there is not: starting refuses it, and says which there are. */
    boolean hasUnknown() {
        var template = command.template().strip();
        if (!template.isEmpty()
                && templates(catalog, command.operation(), command.playbook()).noneMatch(template::equals)) {
            return true;
        }
        var known = variables(catalog, command.operation(), command.playbook())
                .map(VariableSpec::name)
                .toList();
        return !known.containsAll(command.variables().keySet());
    }

    /** Whether a form has to be filled in before it can be started. */
    boolean isFormNeeded() {
        return !hasUnknown() && !fields().isEmpty();
    }

    private boolean isMissing(VariableSpec v) {
        return v.required() && v.defaultValue().isEmpty() && !isKnown(v);
    }

    /** A secret that is kept need not be given, nor one whose name is written down: that one is an operator's to set. */
    private boolean isKnown(VariableSpec v) {
        return command.variables().containsKey(v.name())
                || template().containsKey(v.name())
                || v.source().flatMap(SecretSource::name).isPresent()
                || (v.secret()
                        && EnvironmentName.isValid(command.environment())
                        && vault.find(new EnvironmentName(command.environment()), v.secretName())
                                .isPresent());
    }

    /** What the template gives that was named; nothing where there is none of this name. */
    private Map<String, Object> template() {
        return playbook(catalog, command.operation(), command.playbook())
                .map(p -> p.templates().getOrDefault(command.template().strip(), Map.of()))
                .orElse(Map.of());
    }

    /** The names of the templates of a playbook. */
    static Stream<String> templates(Catalog catalog, String operation, Optional<String> playbook) {
        return playbook(catalog, operation, playbook).stream().flatMap(p -> p.templates().keySet().stream());
    }

    /** A secret that stands in the request in clear, by the name of its variable. */
    public Optional<String> inClear() {
        return variables(catalog, command.operation(), command.playbook())
                .filter(VariableSpec::secret)
                .map(VariableSpec::name)
                .filter(n -> command.variables().containsKey(n)
                        && !isClosed(command.variables().get(n)))
                .findFirst();
    }

    private static boolean isClosed(@Nullable Object value) {
        return value instanceof Value.Secret || value instanceof SecretText;
    }

    /** Whether a variable is secret. */
    public boolean isSecret(String variable) {
        return variables(catalog, command.operation(), command.playbook())
                .anyMatch(v -> v.secret() && v.name().equals(variable));
    }

    private Form.Field field(VariableSpec v) {
        var given = Optional.ofNullable(
                        command.variables().getOrDefault(v.name(), template().get(v.name())))
                .map(Object::toString);
        var choices = v.type() == VariableSpec.Type.BOOLEAN ? List.of("true", "false") : v.choices();
        return new Form.Field(
                v.name(),
                UntrustedText.line(v.description(), 100),
                choices,
                v.secret() ? Optional.empty() : given.or(() -> v.defaultValue().map(Value::display)),
                v.required(),
                v.secret());
    }

    /** Whether its author has to say once more that it is meant. */
    public boolean wantsConfirmation() {
        return !command.check()
                && playbook(catalog, command.operation(), command.playbook())
                        .filter(p -> p.danger() == Danger.HIGH)
                        .isPresent();
    }

    public static Stream<VariableSpec> variables(Catalog catalog, String operation, Optional<String> playbook) {
        var own =
                Optional.of(operation)
                        .filter(Operation::isValid)
                        .flatMap(o -> catalog.operation(new Operation(o)))
                        .stream()
                        .flatMap(o -> o.variables().stream());
        return Stream.concat(playbook(catalog, operation, playbook).stream().flatMap(p -> p.variables().stream()), own);
    }

    private static Optional<Playbook> playbook(Catalog catalog, String operation, Optional<String> named) {
        if (named.isPresent()) {
            return named.filter(PlaybookName::isValid).flatMap(p -> catalog.playbook(new PlaybookName(p)));
        }
        return Optional.of(operation)
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)))
                .flatMap(o -> o.playbook())
                .flatMap(catalog::playbook);
    }
}
