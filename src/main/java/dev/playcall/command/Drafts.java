package dev.playcall.command;

import dev.playcall.catalog.Catalogs;
import dev.playcall.domain.RunRequest;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import dev.playcall.security.Vault;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes of a wish exactly what would be run, for those who may run it. */
public final class Drafts {
    private final Catalogs catalogs;
    private final Rights rights;
    private final Vault vault;
    private final Supplier<Duration> defaultTimeout;

    public Drafts(Catalogs catalogs, Rights rights, Vault vault, Duration defaultTimeout) {
        this(catalogs, rights, vault, () -> defaultTimeout);
    }

    /** @param defaultTimeout as it is configured now */
    public Drafts(Catalogs catalogs, Rights rights, Vault vault, Supplier<Duration> defaultTimeout) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.vault = vault;
        this.defaultTimeout = defaultTimeout;
    }

    /** What came of looking. */
    sealed interface Draft {
        record Good(RunRequest request) implements Draft {}

        record Not(Reply reply) implements Draft {}
    }

    public Rights rights() {
        return rights;
    }

    Catalogs catalogs() {
        return catalogs;
    }

    Draft of(Command.Start wish, Caller caller) {
        var catalog = catalogs.current();
        var refusal = rights.refusal(caller, wish, catalog);
        if (refusal.isPresent()) {
            return new Draft.Not(refusal.get());
        }
        return switch (new StartCheck(catalog, vault, defaultTimeout.get(), wish).check()) {
            case StartCheck.Checked.Bad(var reply) -> new Draft.Not(reply);
            case StartCheck.Checked.Good(var request) -> permitted(request, caller);
        };
    }

    /** Asked once more of what would be run exactly, not of the words that led to it. */
    private Draft permitted(RunRequest request, Caller caller) {
        return rights.refusal(caller, Permission.START, Target.of(request))
                .<Draft>map(Draft.Not::new)
                .orElseGet(() -> new Draft.Good(
                        request.withPriority(rights.authorizer().priority(caller.principal(), Target.of(request)))));
    }
}
