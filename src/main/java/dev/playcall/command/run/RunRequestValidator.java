package dev.playcall.command.run;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Tags;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestFactory.RunTimeouts;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Checks a request to start something against the catalogue and makes an exact request of it, or says what is wrong. */
final class RunRequestValidator {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_DESCRIPTION = 1000;

    private final Catalog catalog;
    private final HostFacts facts;
    private final SecretService secrets;
    private final RunTimeouts timeouts;
    private final StartCommand command;

    RunRequestValidator(Catalogs catalogs, SecretService secrets, RunTimeouts timeouts, StartCommand command) {
        this.catalog = catalogs.current();
        this.facts = catalogs.facts();
        this.secrets = secrets;
        this.timeouts = timeouts;
        this.command = command;
    }

    /** A request that may be queued, or the first thing that is wrong with the request. */
    sealed interface Checked {
        /** @param typed secrets that were typed for this run alone, by what the request holds instead */
        record Valid(RunRequest request, Map<Value.Secret, SecretText> typed) implements Checked {}

        record Invalid(Reply reply) implements Checked {}
    }

    Checked check() {
        try {
            return request();
        } catch (InvalidRequestException e) {
            return new Checked.Invalid(e.reply);
        }
    }

    private Checked.Valid request() throws InvalidRequestException {
        var spec = operation();
        var environment = environment();
        var playbook = playbook(spec);
        var validating = spec.operation().equals(Operation.VALIDATE);
        if (validating
                && !(command.limit().isBlank()
                        && command.tags().isEmpty()
                        && command.variables().isEmpty())) {
            throw wrong(
                    "limit",
                    "validate checks a whole environment and accepts no limit, tags or variables",
                    Optional.of("validate " + environment.name()));
        }
        var hosts = hosts(environment);
        var secretCheck = new SecretCheck(secrets, environment.name());
        var task = task(spec);
        var variables = variables(spec, playbook, secretCheck);
        int servers = hosts.isEmpty() ? environment.hosts().size() : hosts.size();
        var timeout = timeouts.of(spec, playbook, servers);
        var request = new RunRequest(
                spec.operation(),
                environment.name(),
                playbook.map(Playbook::name),
                lock(spec, environment, playbook, task),
                command.limit().strip(),
                hosts,
                tags(),
                command.check(),
                command.diff(),
                variables,
                0,
                timeout,
                text("name", command.name(), LONGEST_NAME),
                text("description", command.description(), LONGEST_DESCRIPTION),
                Optional.empty(),
                validating ? 0 : servers,
                OptionsCheck.of(command.options(), spec.operation()),
                task);
        return new Checked.Valid(request, secretCheck.typed());
    }

    private static String lock(
            OperationSpec spec, Environment environment, Optional<Playbook> playbook, Optional<AdhocTask> task) {
        return playbook.map(p -> p.name().value())
                .or(() -> task.filter(_ -> isAdhoc(spec)).map(t -> "adhoc:" + t.module() + ":" + environment.name()))
                .orElse(spec.operation() + "/" + environment.name());
    }

    private static boolean isAdhoc(OperationSpec spec) {
        return spec.operation().equals(Operation.ADHOC);
    }

    /** What is run where there is no playbook: for a ping there need not be one. */
    private Optional<AdhocTask> task(OperationSpec spec) throws InvalidRequestException {
        if (isAdhoc(spec)) {
            return Optional.of(new AdhocValidator(catalog, secrets, command).task());
        }
        if (command.task().isPresent()) {
            throw wrong("module", "only adhoc takes a module", Optional.of("adhoc " + command.environment() + " ping"));
        }
        return spec.operation().equals(Operation.PING) && spec.playbook().isEmpty()
                ? Optional.of(AdhocTask.PING)
                : Optional.empty();
    }

    private SortedMap<String, Value> variables(OperationSpec spec, Optional<Playbook> playbook, SecretCheck check)
            throws InvalidRequestException {
        if (isAdhoc(spec) && !command.template().isBlank()) {
            throw wrong("template", "a module has no templates", Optional.empty());
        }
        return isAdhoc(spec)
                ? new AdhocValidator(catalog, secrets, command).arguments(check)
                : new VariableValidator(spec, playbook, given(playbook)).check(check);
    }

    /** What is given counts more than the template. */
    private Map<String, Object> given(Optional<Playbook> playbook) throws InvalidRequestException {
        var name = command.template().strip();
        if (name.isEmpty()) {
            return command.variables();
        }
        var known = playbook.map(Playbook::templates).orElse(Collections.emptySortedMap());
        var template = known.get(name);
        if (template == null) {
            throw unknown("template", "template", name, known.keySet());
        }
        var given = new HashMap<>(template);
        given.putAll(command.variables());
        return given;
    }

    private OperationSpec operation() throws InvalidRequestException {
        var known = catalog.operations().keySet().stream().map(Operation::value).toList();
        return Optional.of(command.operation())
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)))
                .orElseThrow(() -> brokenPlaybook("operation", command.operation())
                        .or(this::playbookOfThisName)
                        .orElseGet(() -> unknown("operation", "operation", command.operation(), known)));
    }

    private Optional<InvalidRequestException> playbookOfThisName() {
        var name = command.operation();
        return Optional.of(name)
                .filter(PlaybookName::isValid)
                .flatMap(n -> catalog.playbook(new PlaybookName(n)))
                .map(_ -> wrong(
                        "operation",
                        "there is no operation \"" + name + "\", but a playbook of this name: play " + name,
                        Optional.empty()));
    }

    private Environment environment() throws InvalidRequestException {
        var known = catalog.environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        if (command.environment().isBlank()) {
            throw wrong(
                    "environment",
                    "which environment? There " + listed(known),
                    known.stream().findFirst().map(e -> command.operation() + " " + what() + e));
        }
        return Optional.of(command.environment())
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalog.environment(new EnvironmentName(e)))
                .orElseThrow(() -> brokenEnvironment(command.environment())
                        .orElseGet(() -> unknown("environment", "environment", command.environment(), known)));
    }

    /** The playbook or the module, which stands before the environment. */
    private String what() {
        return command.playbook().map(p -> p + " ").orElse("");
    }

    /** One that is there and broken has to be mended, which is no matter of spelling. */
    private Optional<InvalidRequestException> brokenEnvironment(String name) {
        return EnvironmentName.isValid(name) ? leftOut("environment", name, "/" + name + "/") : Optional.empty();
    }

    private Optional<InvalidRequestException> brokenPlaybook(String field, String name) {
        return PlaybookName.isValid(name)
                ? leftOut(field, name, "/" + name + ".yml", "/" + name + ".meta.yml")
                : Optional.empty();
    }

    private Optional<InvalidRequestException> leftOut(String field, String name, String... places) {
        return catalog.problems().stream()
                .filter(p -> Arrays.stream(places).anyMatch(p::contains))
                .findFirst()
                .map(p -> wrong(field, name + " is left out because of " + p, Optional.empty()));
    }

    private Optional<Playbook> playbook(OperationSpec spec) throws InvalidRequestException {
        if (!spec.operation().equals(Operation.PLAY) && spec.playbook().isEmpty()) {
            if (command.playbook().isPresent()) {
                throw wrong("playbook", spec.operation() + " has no playbook", Optional.of("omit the playbook"));
            }
            return Optional.empty();
        }
        var known =
                catalog.playbooks().keySet().stream().map(PlaybookName::value).toList();
        if (spec.operation().equals(Operation.PLAY)) {
            var asked = command.playbook()
                    .orElseThrow(() -> wrong(
                            "playbook",
                            "which playbook? There " + listed(known),
                            known.stream().findFirst().map(p -> "play " + p + " " + command.environment())));
            return Optional.of(Optional.of(asked)
                    .filter(PlaybookName::isValid)
                    .flatMap(p -> catalog.playbook(new PlaybookName(p)))
                    .orElseThrow(() -> brokenPlaybook("playbook", asked)
                            .orElseGet(() -> unknown("playbook", "playbook", asked, known))));
        }
        var fixed = spec.playbook().flatMap(catalog::playbook);
        if (fixed.isEmpty()) {
            throw wrong(
                    "operation",
                    spec.operation() + " has no playbook: playbooks/"
                            + spec.playbook()
                                    .map(PlaybookName::value)
                                    .orElse(spec.operation().value()) + ".yml is missing or broken",
                    Optional.empty());
        }
        var other = command.playbook().filter(p -> !p.equals(fixed.get().name().value()));
        if (other.isPresent()) {
            throw wrong(
                    "playbook",
                    spec.operation() + " always runs the playbook "
                            + fixed.get().name(),
                    Optional.of("play " + other.get() + " " + command.environment()));
        }
        return fixed;
    }

    private List<String> hosts(Environment environment) throws InvalidRequestException {
        if (command.limit().isBlank()) {
            return List.of();
        }
        return switch (HostPattern.resolve(environment, command.limit(), facts)) {
            case HostPattern.Hosts(var names) -> names;
            case HostPattern.Invalid invalid -> throw wrong("limit", invalid.message(), invalid.remedy());
        };
    }

    private List<String> tags() throws InvalidRequestException {
        var problem = Tags.check(command.tags());
        if (problem.isPresent()) {
            throw wrong("tags", problem.get(), Optional.empty());
        }
        return command.tags();
    }

    private String text(String field, String text, int longest) throws InvalidRequestException {
        if (secrets.knows(text)) {
            throw wrong(field, SecretService.KNOWN, Optional.empty());
        }
        var line = Truncate.line(text);
        if (line.length() > longest) {
            throw wrong(
                    field,
                    "the " + field + " has " + line.length() + " characters, it may have " + longest,
                    Optional.empty());
        }
        return line;
    }

    private static InvalidRequestException unknown(String field, String what, String text, Collection<String> known) {
        return wrong(
                field,
                "there is no " + what + " \"" + Truncate.of(text, 60) + "\"; there " + listed(known),
                Suggestion.of(text, known).map(n -> "did you mean " + n + "?"));
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "is none" : (names.size() == 1 ? "is " : "are ") + String.join(", ", names);
    }

    static InvalidRequestException wrong(String field, String message, Optional<String> remedy) {
        return new InvalidRequestException(new Reply.Invalid(field, message, remedy));
    }

    /** Leaves the check at the first mistake; never leaves this room. */
    static final class InvalidRequestException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Reply reply;

        InvalidRequestException(Reply reply) {
            super("wrong", null, false, false);
            this.reply = reply;
        }
    }
}
