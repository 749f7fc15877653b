package dev.playcall.command.access;

import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.IdentityCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of identities that they are one human. Everybody may say so of themselves, on both sides. */
final class IdentityCommandHandler implements FamilyHandler<IdentityCommand> {
    private static final String SPELLING = "(slack|discord|console|web|token|schedule):[^\\s/*]{1,150}";

    private final Rights rights;

    IdentityCommandHandler(Rights rights) {
        this.rights = rights;
    }

    @Override
    public Reply handle(IdentityCommand command, Caller caller) {
        return switch (command) {
            case IdentityCommand.Link(var person) -> link(person, caller);
            case IdentityCommand.Unlink(var person) -> unlink(person, caller);
        };
    }

    private Reply link(String other, Caller caller) {
        var refusal = rights.anywhere(caller, Permission.VIEW);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!other.matches(SPELLING)) {
            return wrong(other);
        }
        var me = caller.person();
        var them = new Person(other);
        if (me.equals(them)) {
            return new Reply.Invalid(
                    "person",
                    "that is your identity here; name your identity on the other platform",
                    Optional.of("whoami shows it there"));
        }
        return new Reply.Done(claim(me, them));
    }

    private String claim(Person me, Person them) {
        return switch (rights.people().claim(me, them)) {
            case JOINED -> "identities linked: " + all(me);
            case ALREADY -> "already linked: " + all(me);
            case WAITING -> "now enter as " + them + ", within 24 h: link " + me;
        };
    }

    private String all(Person me) {
        return rights.people().identities(me).stream()
                .map(Person::value)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Reply unlink(String person, Caller caller) {
        var refusal = rights.refusal(caller, Permission.PEOPLE, Target.EVERYTHING);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!person.matches(SPELLING)) {
            return wrong(person);
        }
        var who = new Person(person);
        boolean left = rights.people().leave(who);
        var others = rights.people().identities(who);
        if (others.size() > 1) {
            return configured(who);
        }
        return left
                ? new Reply.Done(who + " is no longer linked")
                : new Reply.Invalid("person", who + " is not linked", Optional.empty());
    }

    private static Reply configured(Person person) {
        return new Reply.Invalid(
                "person",
                person + " is linked by access.people in config/playcall.yml",
                Optional.of("change it there"));
    }

    private static Reply wrong(String text) {
        var shown = Truncate.of(text, 60);
        return new Reply.Invalid(
                "person",
                "\"" + shown + "\" is not an identity",
                Optional.of("as whoami shows it there: slack:U0123, discord:42"));
    }
}
