package dev.playcall.chat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Playbook;
import dev.playcall.catalog.Playbook.Danger;
import dev.playcall.catalog.VariableSpec;
import dev.playcall.command.Command;
import dev.playcall.domain.Operation;
import dev.playcall.domain.PlaybookName;
import dev.playcall.domain.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a wish to start something still lacks: required variables, or the word of its author that it is meant. */
record Missing(Catalog catalog, Command.Start wish) {

    /** The fields of a form, when something required is not given; also the optional ones, with what they have. */
    List<Form.Field> fields() {
        var specs = variables(catalog, wish.operation(), wish.playbook())
                .filter(v -> !v.secret())
                .toList();
        boolean lacks = specs.stream().anyMatch(this::isMissing);
        return lacks ? specs.stream().map(this::field).limit(5).toList() : List.of();
    }

    private boolean isMissing(VariableSpec v) {
        return v.required() && v.defaultValue().isEmpty() && !wish.variables().containsKey(v.name());
    }

    private Form.Field field(VariableSpec v) {
        var given = Optional.ofNullable(wish.variables().get(v.name())).map(Object::toString);
        var choices = v.type() == VariableSpec.Type.BOOLEAN ? List.of("true", "false") : v.choices();
        return new Form.Field(
                v.name(),
                ForeignText.line(v.description(), 100),
                choices,
                given.or(() -> v.defaultValue().map(Value::display)),
                v.required());
    }

    /** Whether its author has to say once more that it is meant. */
    boolean wantsConfirmation() {
        return !wish.check()
                && playbook(catalog, wish.operation(), wish.playbook())
                        .filter(p -> p.danger() == Danger.HIGH)
                        .isPresent();
    }

    static Stream<VariableSpec> variables(Catalog catalog, String operation, Optional<String> playbook) {
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
