package dev.playcall.command.run;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes of a request exactly what would be run, for those who may run it. */
public final class RunRequestFactory {

    private final Catalogs catalogs;
    private final Rights rights;
    private final SecretService secrets;
    private final Supplier<RunTimeouts> timeouts;
    private final Consumer<String> refresh;

    /**
     * @param timeouts as they are configured now
     * @param refresh asks for the inventory of an environment when what is known of it is too old
     */
    public RunRequestFactory(
            Catalogs catalogs,
            Rights rights,
            SecretService secrets,
            Supplier<RunTimeouts> timeouts,
            Consumer<String> refresh) {
        this.refresh = refresh;
        this.catalogs = catalogs;
        this.rights = rights;
        this.secrets = secrets;
        this.timeouts = timeouts;
    }

    /** What came of looking. */
    public sealed interface Draft {
        /** @param typed secrets that were typed for this run alone, by what the request holds instead; nothing is kept yet */
        record Valid(RunRequest request, Map<Value.Secret, SecretText> typed) implements Draft {}

        record Rejected(Reply reply) implements Draft {}
    }

    public Rights rights() {
        return rights;
    }

    SecretService secrets() {
        return secrets;
    }

    public Catalogs catalogs() {
        return catalogs;
    }

    public Draft of(StartCommand command, Caller caller) {
        return of(command, Optional.empty(), caller);
    }

    /** @param retried the run that it retries, whose slices it keeps without asking for the right to them once more */
    public Draft of(StartCommand command, Optional<Run> retried, Caller caller) {
        var catalog = catalogs.current();
        var refusal = rights.refusal(caller, command, catalog);
        if (refusal.isPresent()) {
            return new Draft.Rejected(refusal.get());
        }
        command.environmentName().ifPresent(refresh);
        return switch (new RunRequestValidator(catalogs, secrets, timeouts.get(), command).check()) {
            case RunRequestValidator.Checked.Invalid(var reply) -> new Draft.Rejected(reply);
            case RunRequestValidator.Checked.Valid good -> permitted(good, retried, caller);
        };
    }

    /** More Ansible processes take more of the processors that all runs share. */
    private Optional<Reply.Denied> sliced(RunRequest request, Optional<Run> retried, Caller caller) {
        var slices = request.options().slices();
        boolean kept = retried.filter(r -> r.request().options().slices().equals(slices))
                .isPresent();
        return request.options().isSliced() && !kept
                ? rights.refusal(caller, Permission.OVERRIDE, Target.of(request))
                        .map(d -> new Reply.Denied(
                                "slices other than 1 take the permission override; " + d.message(), d.whoCould()))
                : Optional.empty();
    }

    /** Asked once more of what would be run exactly, not of the words that led to it. */
    private Draft permitted(RunRequestValidator.Checked.Valid good, Optional<Run> retried, Caller caller) {
        var request = good.request();
        return rights.refusal(caller, Permission.START, Target.of(request))
                .or(() -> request.task()
                        .filter(AdhocTask::executesText)
                        .flatMap(_ -> rights.refusal(caller, Permission.ADHOC_SHELL, Target.of(request))))
                .or(() -> sliced(request, retried, caller))
                .<Draft>map(Draft.Rejected::new)
                .orElseGet(() -> new Draft.Valid(
                        request.withPriority(rights.authorizer().priority(caller.principal(), Target.of(request))),
                        good.typed()));
    }

    /**
     * How long a run may take.
     *
     * @param usual where neither operation nor playbook says one
     * @param forks how many hosts Ansible works on at once
     */
    public record RunTimeouts(Duration usual, int forks) {
        /** What a host costs this machine on top of the answer, when it is slow. */
        private static final Duration FOR_EACH_HOST = Duration.ofSeconds(10);

        /** A ping is told apart from other work: its timeout is for one round of hosts, so it grows with their number. */
        Duration of(OperationSpec spec, Optional<Playbook> playbook, int hosts) {
            var configured =
                    spec.timeout().or(() -> playbook.flatMap(Playbook::timeout)).orElse(usual);
            if (!spec.operation().equals(Operation.PING)) {
                return configured;
            }
            return configured
                    .multipliedBy(Math.max(1, Math.ceilDiv(hosts, forks)))
                    .plus(FOR_EACH_HOST.multipliedBy(hosts));
        }
    }
}
