package dev.playcall.security.identity;

import dev.playcall.config.Access;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.Grant;
import dev.playcall.security.access.Grants;
import dev.playcall.security.access.Grants.Delegate;
import dev.playcall.security.access.Permission;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rights that accounts and tokens bring with them. */
public final class AccountGrants implements Grants {
    private static final String ADMIN = "admin";
    private static final String TOKEN = "token:";
    private static final String WEB = "web:";
    /** Commands on this machine show a secret that only our own user can read, who can read everything else as well. */
    private static final Person CONSOLE = new Person("console:*");

    private final Supplier<Access> access;
    private final AccountStore accounts;
    private final TokenStore tokens;
    private final Clock clock;

    public AccountGrants(Access access, AccountStore accounts, TokenStore tokens) {
        this(() -> access, accounts, tokens, Clock.systemUTC());
    }

    /** @param access as it is configured now */
    public AccountGrants(Supplier<Access> access, AccountStore accounts, TokenStore tokens, Clock clock) {
        this.access = access;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Optional<String> gone(Person person) {
        if (person.value().startsWith(TOKEN)) {
            return person.equals(Authorizer.ADMIN_TOKEN) ? Optional.empty() : goneToken(person);
        }
        boolean removed = person.value().startsWith(WEB)
                && Account.isName(person.id())
                && accounts.find(person.id()).isEmpty();
        return removed ? Optional.of("there is no account " + person.id()) : Optional.empty();
    }

    private Optional<String> goneToken(Person person) {
        var token =
                tokens.list().stream().filter(t -> t.person().equals(person)).findFirst();
        if (token.isEmpty()) {
            return Optional.of("there is no token " + person.id());
        }
        return token.filter(t -> !t.expires().isAfter(clock.instant())).map(t -> "token " + t.name() + " has expired");
    }

    @Override
    public List<Grant> current() {
        var admins = accounts.list().stream()
                .filter(Account::admin)
                .map(Account::person)
                .toList();
        // While nobody is admin everybody may do everything, and the console must not be what ends that.
        boolean open = admins.isEmpty() && access.get().bindings().isEmpty();
        var console = open || isConsoleBound() ? Stream.<Person>empty() : Stream.of(CONSOLE);
        return Stream.concat(admins.stream(), console)
                .flatMap(p -> Grant.of(p, ADMIN).stream())
                .toList();
    }

    /** Whoever writes down what the console may do means it. */
    private boolean isConsoleBound() {
        return access.get().bindings().stream()
                .flatMap(b -> b.people().stream())
                .anyMatch(p -> p.startsWith("console:"));
    }

    @Override
    public Optional<Delegate> delegate(Person person) {
        if (!person.value().startsWith(TOKEN)) {
            return Optional.empty();
        }
        return tokens.list().stream()
                .filter(t -> t.person().equals(person))
                .findFirst()
                .map(t -> new Delegate(
                        t.owner(),
                        Arrays.stream(Permission.values()).filter(t::isFor).collect(Collectors.toSet())));
    }
}
