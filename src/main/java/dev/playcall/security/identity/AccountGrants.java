package dev.playcall.security.identity;

import dev.playcall.config.Access;
import dev.playcall.domain.Person;
import dev.playcall.security.Delegate;
import dev.playcall.security.Grant;
import dev.playcall.security.Grants;
import dev.playcall.security.Permission;
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
    /** Commands on this machine show a secret that only our own user can read, who can read everything else as well. */
    private static final Person CONSOLE = new Person("console:*");

    private final Supplier<Access> access;
    private final AccountStore accounts;
    private final TokenStore tokens;

    public AccountGrants(Access access, AccountStore accounts, TokenStore tokens) {
        this(() -> access, accounts, tokens);
    }

    /** @param access as it is configured now */
    public AccountGrants(Supplier<Access> access, AccountStore accounts, TokenStore tokens) {
        this.access = access;
        this.accounts = accounts;
        this.tokens = tokens;
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
                        Arrays.stream(Permission.values())
                                .filter(p -> t.scopes().contains(p.word()))
                                .collect(Collectors.toSet())));
    }
}
