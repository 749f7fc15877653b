package dev.playcall.security.identity;

import dev.playcall.domain.Person;
import dev.playcall.security.Delegate;
import dev.playcall.security.Grant;
import dev.playcall.security.Grants;
import dev.playcall.security.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rights that accounts and tokens bring with them. */
public final class AccountGrants implements Grants {
    private static final String ADMIN = "admin";
    private static final String TOKEN = "token:";
    /** Commands on this machine show a secret that only our own user can read, who can read everything else as well. */
    private static final Person CONSOLE = new Person("console:*");

    private final AccountStore accounts;
    private final TokenStore tokens;
    private final boolean configured;

    /** @param configured whether the configuration gives rights to anybody */
    public AccountGrants(AccountStore accounts, TokenStore tokens, boolean configured) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.configured = configured;
    }

    @Override
    public List<Grant> current() {
        var admins = accounts.list().stream()
                .filter(Account::admin)
                .map(Account::person)
                .toList();
        // While nobody is admin everybody may do everything, and the console must not be what ends that.
        var console = admins.isEmpty() && !configured ? Stream.<Person>empty() : Stream.of(CONSOLE);
        return Stream.concat(admins.stream(), console)
                .flatMap(p -> Grant.of(p, ADMIN).stream())
                .toList();
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
