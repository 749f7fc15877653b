package dev.playcall.command.run;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.catalog.variable.VariableSpec.SecretSource;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secret variables: never in clear, and never without a value where one is needed. */
final class SecretCheck {
    private final SecretService secrets;
    private final EnvironmentName environment;
    private final Map<Value.Secret, SecretText> typed = new LinkedHashMap<>();

    SecretCheck(SecretService secrets, EnvironmentName environment) {
        this.secrets = secrets;
        this.environment = environment;
    }

    /** One that was given with the request. */
    Value given(VariableSpec spec, Object raw) throws RunRequestValidator.InvalidRequestException {
        if (raw instanceof SecretText text) {
            fits(spec, text);
            var reference = SecretService.reference().by(usage(spec));
            typed.put(reference, text);
            return reference;
        }
        if (!(raw instanceof Value.Secret secret)) {
            throw RunRequestValidator.wrong(
                    "variables." + spec.name(),
                    SecretService.inClear(spec.name()),
                    Optional.of("omit it: a form asks for it"));
        }
        fits(spec, secrets.reveal(secret).orElseThrow(() -> expired(spec)));
        return secret.by(usage(spec));
    }

    private static RunRequestValidator.InvalidRequestException expired(VariableSpec spec) {
        return RunRequestValidator.wrong(
                "variables." + spec.name(),
                spec.name() + " was entered too long ago and has expired",
                Optional.of("enter it again"));
    }

    /** An argument of a module that was given as secret; it is no variable, so nothing of that name is kept. */
    Value argument(String name, Object raw) throws RunRequestValidator.InvalidRequestException {
        return given(
                new VariableSpec(
                        name,
                        VariableSpec.Type.TEXT,
                        "",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.of(SecretSource.ASKED)),
                raw);
    }

    /** What was typed for this run alone, by what the request holds instead; it is to be kept when the run is taken. */
    Map<Value.Secret, SecretText> typed() {
        return typed;
    }

    /** The value itself is in no refusal: nothing masks it there, as it is not kept. */
    private static void fits(VariableSpec spec, SecretText value) throws RunRequestValidator.InvalidRequestException {
        var refusal = SecretService.refusal(SecretKind.TEXT, value.reveal());
        if (refusal.isPresent()) {
            throw RunRequestValidator.wrong(
                    "variables." + spec.name(), spec.name() + " " + refusal.get(), Optional.empty());
        }
        if (spec.pattern().isPresent() && spec.check(value.reveal()) instanceof VariableSpec.Invalid) {
            throw RunRequestValidator.wrong(
                    "variables." + spec.name(),
                    spec.name() + " must match " + spec.pattern().get(),
                    Optional.empty());
        }
    }

    /** One that is not secret, unless somebody put a secret into it. */
    Value open(Value value, VariableSpec spec) throws RunRequestValidator.InvalidRequestException {
        if (secrets.knows(value.display())) {
            throw RunRequestValidator.wrong("variables." + spec.name(), SecretService.KNOWN, Optional.empty());
        }
        return value;
    }

    /** The one that is kept for the variable; where its name is written down, it has to be there. */
    Optional<Value> kept(VariableSpec spec) throws RunRequestValidator.InvalidRequestException {
        var found = secrets.find(environment, spec.secretName());
        boolean needed =
                spec.required() || spec.source().flatMap(SecretSource::name).isPresent();
        if (found.isEmpty() && needed) {
            throw RunRequestValidator.wrong(
                    "variables." + spec.name(),
                    spec.name() + " is secret, and no secret " + spec.secretName() + " is stored for " + environment
                            + (spec.description().isBlank() ? "" : " (" + spec.description() + ")"),
                    Optional.of("./playcall secret set " + spec.secretName() + " --env " + environment));
        }
        return found.map(ref -> new Value.Secret(ref.toString(), usage(spec)));
    }

    private static Value.Secret.Usage usage(VariableSpec spec) {
        return spec.source().filter(SecretSource::environment).isPresent()
                ? Value.Secret.Usage.ENVIRONMENT
                : Value.Secret.Usage.VARIABLE;
    }
}
