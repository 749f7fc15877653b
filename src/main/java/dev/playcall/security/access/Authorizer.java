package dev.playcall.security.access;

import dev.playcall.config.Access;
import dev.playcall.config.Access.Binding;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Grants.Delegate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides whether a principal has a permission on a target. What no role allows is denied, as soon as the configuration binds a role to anybody or an
 * account is an admin; until then everybody may do everything, and only this machine should be served.
 */
public final class Authorizer {
    /** Whoever holds PLAYCALL_ADMIN_TOKEN. */
    public static final Person ADMIN_TOKEN = new Person("token:admin");

    /** Whoever reaches the loopback of this machine while nobody has to say who they are. */
    public static final Person LOCAL = new Person("web:local");

    private final Supplier<Access> access;
    private volatile Configured last = new Configured(Access.NONE, List.of());
    private final List<Grant> token;
    private final Grants stored;
    private final Supplier<List<Grant>> here;

    /**
     * @param adminToken whether there is a PLAYCALL_ADMIN_TOKEN, whose holder is an admin
     * @param stored rights of accounts and tokens
     */
    public Authorizer(Access access, boolean adminToken, Grants stored) {
        this(access, adminToken, stored, List::of);
    }

    /**
     * @param here the bindings that environments have in their own files, as they are now; they open and close nothing
     * else
     */
    public Authorizer(Access access, boolean adminToken, Grants stored, Supplier<List<Binding>> here) {
        this(() -> access, adminToken, stored, here);
    }

    /** @param access as it is configured now */
    public Authorizer(Supplier<Access> access, boolean adminToken, Grants stored, Supplier<List<Binding>> here) {
        this.access = access;
        this.here = () -> {
            var roles = new Roles(access.get());
            return here.get().stream().flatMap(roles::grants).toList();
        };
        this.token = adminToken ? Grant.of(ADMIN_TOKEN, "admin").stream().toList() : List.of();
        this.stored = stored;
    }

    private record Configured(Access access, List<Grant> grants) {}

    private List<Grant> configured() {
        var now = access.get();
        var known = last;
        if (!known.access().equals(now)) {
            known = new Configured(now, new Roles(now).grants());
            last = known;
        }
        return known.grants();
    }

    /** Whether access control is off, because nobody is admin yet. */
    public boolean isOpen() {
        return configured().isEmpty()
                && stored.current().stream().noneMatch(g -> g.permissions().contains(Permission.ADMIN));
    }

    /** Whom this one acts for, and with which permissions at most; empty for a person. */
    public Optional<Grants.Delegate> delegate(Person person) {
        return stored.delegate(person);
    }

    /** Whether this may be done to that. */
    public Decision decide(Principal who, Permission what, Target on) {
        return within(who, what, on, p -> ofPerson(p, what, on));
    }

    private Decision ofPerson(Principal who, Permission what, Target on) {
        if (isOpen()) {
            return new Decision.Allowed("no admin is configured yet");
        }
        Optional<Decision> allowed = all().filter(g -> g.covers(what, on) && g.isOf(who))
                .findFirst()
                .map(g -> new Decision.Allowed(g.because(who)));
        return allowed.orElseGet(() -> new Decision.Denied("you may not " + words(what, on), whoCould(what, on)));
    }

    /** The same, through one of these roles; through any when there are none. */
    public Decision decide(Principal who, Permission what, Target on, Collection<String> roles) {
        if (roles.isEmpty() || isOpen()) {
            return decide(who, what, on);
        }
        Optional<Decision> allowed = all().filter(g -> roles.contains(g.role()) && g.covers(what, on) && g.isOf(who))
                .findFirst()
                .map(g -> new Decision.Allowed(g.because(who)));
        var named = "requires the role " + String.join(" or ", roles);
        return allowed.orElseGet(
                () -> new Decision.Denied("you may not " + words(what, on) + ": " + named, whoCould(what, on, roles)));
    }

    /** Who may do it through one of these roles; through any when there are none. */
    public List<String> whoCould(Permission what, Target on, Collection<String> roles) {
        return listed().filter(g -> (roles.isEmpty() || roles.contains(g.role())) && g.covers(what, on))
                .flatMap(Grant::holders)
                .distinct()
                .toList();
    }

    /** Whether there is anything at all to which this may be done. */
    public Decision decideAnywhere(Principal who, Permission what) {
        var decision = within(who, what, Target.EVERYTHING, p -> ofPersonAnywhere(p, what));
        // Who may run modules only may start something as well.
        return what == Permission.START
                        && decision instanceof Decision.Denied
                        && decideAnywhere(who, Permission.ADHOC) instanceof Decision.Allowed allowed
                ? allowed
                : decision;
    }

    private Decision ofPersonAnywhere(Principal who, Permission what) {
        if (isOpen()) {
            return new Decision.Allowed("no admin is configured yet");
        }
        Optional<Decision> allowed = held(who).stream()
                .filter(g -> g.permissions().contains(what))
                .findFirst()
                .map(g -> new Decision.Allowed(g.because(who)));
        return allowed.orElseGet(() -> new Decision.Denied(
                "you may not " + words(what, Target.EVERYTHING), whoCould(what, Target.EVERYTHING)));
    }

    /**
     * What acts for somebody may do what it was made for and what its owner may; where the configuration gives it rights of
     * its own, it has only those of them.
     */
    private Decision within(Principal who, Permission what, Target on, Function<Principal, Decision> decision) {
        var gone = gone(who.person());
        if (gone.isPresent()) {
            return new Decision.Denied(gone.get(), whoCould(what, on));
        }
        var delegate = stored.delegate(who.person());
        if (delegate.isEmpty()) {
            return decision.apply(who);
        }
        var owner = delegate.get().owner();
        if (!delegate.get().permissions().contains(what.in(on.operation()))) {
            return new Decision.Denied(
                    who.person() + " lacks the scope \"" + what.word() + "\", to " + words(what, on),
                    whoCould(what, on));
        }
        boolean bound = isBound(who.person());
        return switch (within(new Principal(owner, Set.of(), who.channel()), what, on, decision)) {
            case Decision.Denied denied -> denied;
            case Decision.Allowed(var why) ->
                bound ? decision.apply(who) : new Decision.Allowed(who.person() + " acts for " + owner + ": " + why);
        };
    }

    /** A binding of everybody is none of a schedule or a token that is not there any more. */
    private Optional<String> gone(Person person) {
        boolean acts = person.value().startsWith("schedule:") || person.value().startsWith("token:");
        return acts && !isOpen() ? stored.gone(person) : Optional.empty();
    }

    /** Whether the configuration speaks of this token or of tokens; that it speaks of everybody is no limit. */
    private boolean isBound(Person token) {
        return configured().stream()
                .flatMap(g -> g.people().stream())
                .anyMatch(p -> p.startsWith("token:") && new NamePatterns(p).matches(token.value()));
    }

    /** The highest priority among the roles through which this person may start that. */
    public int priority(Principal who, Target on) {
        var now = access.get();
        return held(who).stream()
                .filter(g -> g.covers(Permission.START, on))
                .mapToInt(g -> now.priority(g.role()))
                .max()
                .orElse(0);
    }

    /** What this person may look at. */
    public VisibleEnvironments visibleEnvironments(Principal who) {
        return new VisibleEnvironments(isOpen(), held(who));
    }

    /** What this person has, here; what acts for somebody has the rights of its owner that it was made for. */
    public List<Grant> held(Principal who) {
        var grants = stored.delegate(who.person())
                .map(d -> delegated(who, d))
                .orElseGet(() -> all().filter(g -> g.isOf(who)));
        return grants.filter(g -> !g.permissions().isEmpty()).toList();
    }

    private Stream<Grant> delegated(Principal who, Delegate delegate) {
        var owner = new Principal(delegate.owner(), Set.of(), who.channel());
        var source = isBound(who.person()) ? who : owner;
        return all().filter(g -> g.isOf(source)).map(g -> g.delegatedTo(who.person(), delegate));
    }

    /** Who may do this to that: persons, groups, channels, in the order of the configuration. */
    public List<String> whoCould(Permission what, Target on) {
        return listed().filter(g -> g.covers(what, on))
                .flatMap(Grant::holders)
                .distinct()
                .toList();
    }

    private Stream<Grant> all() {
        return Stream.concat(listed(), token.stream());
    }

    /** Those whose holders one may name. */
    private Stream<Grant> listed() {
        return Stream.of(configured(), here.get(), stored.current()).flatMap(List::stream);
    }

    private static String words(Permission what, Target on) {
        var where = on.environment().isEmpty() ? "" : " in " + on.environment();
        return switch (what) {
            case VIEW -> on.environment().isEmpty() ? "view anything here" : "view " + on.environment();
            case START -> ("start " + (on.words().isEmpty() ? "anything" : on.words())).strip();
            case ADHOC -> "run modules without a playbook" + where;
            case ADHOC_SHELL -> "run command or shell with free text" + where;
            case CANCEL -> ("cancel " + on.words()).strip();
            case APPROVE -> ("approve " + on.words()).strip();
            case LOCK ->
                "lock " + (on.environment().isEmpty() ? "an environment" : on.environment())
                        + " or acknowledge and mute its alerts";
            case UNLOCK -> "remove another user's lock" + where;
            case OVERRIDE -> "override a lock or freeze window" + where;
            case HOSTS -> "register hosts" + where;
            case SECRETS -> "handle secrets" + (where.isEmpty() ? " of all environments" : where);
            case TOKENS -> "handle API tokens";
            case PEOPLE -> "link identities";
            case AUDIT -> "read the audit log";
            case SYNC -> "sync playbooks and inventories with git";
            case VENV -> "install Python environments of playbooks";
            case AGENT_INGEST -> "take reports of agents" + where;
            case ADMIN -> "administer this Playcall";
        };
    }

    /** Whether something may be done. */
    public sealed interface Decision {

        /** @param why the role, and through what the person has it */
        record Allowed(String why) implements Decision {}

        /**
         * It may not.
         *
         * @param reason one line: {@code you may not start deploy in production}
         * @param whoCould those who may: {@code slack:U0123}, {@code group slack:S0123}, {@code everybody in slack:C0123}
         */
        record Denied(String reason, List<String> whoCould) implements Decision {
            public Denied {
                whoCould = List.copyOf(whoCould);
            }
        }
    }
}
