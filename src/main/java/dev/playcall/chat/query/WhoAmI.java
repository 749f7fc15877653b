package dev.playcall.chat.query;

import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.config.Access.Reach;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Grant;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says who somebody is, what they may do here, and why. */
final class WhoAmI {
    private final Rights rights;

    WhoAmI(Rights rights) {
        this.rights = rights;
    }

    Message of(Caller caller) {
        var who = caller.principal();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, "You are " + caller.person() + " in " + who.channel()));
        var others = rights.people().identities(caller.person()).stream()
                .filter(p -> !p.equals(caller.person()))
                .map(Person::value)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            blocks.add(new Block.Line("Linked identities: " + others + "."));
        }
        if (!who.groups().isEmpty()) {
            blocks.add(new Block.Line(
                    "Your groups: " + who.groups().stream().sorted().collect(Collectors.joining(", ")) + "."));
        }
        blocks.addAll(rights(caller));
        return new Message(blocks);
    }

    private List<Block> rights(Caller caller) {
        if (rights.authorizer().isOpen()) {
            return List.of(new Block.Line(rights.authorizer()
                    .delegate(caller.person())
                    .map(d -> "You act for " + d.owner() + " and may only: " + words(d.permissions())
                            + ". No admin is configured, so people have full access: access.bindings is empty.")
                    .orElse("Everyone has full access, because no admin is configured: access.bindings is empty.")));
        }
        var held = rights.authorizer().held(caller.principal());
        if (held.isEmpty()) {
            var admins = String.join(", ", rights.authorizer().whoCould(Permission.ADMIN, Target.EVERYTHING));
            return List.of(new Block.Line("You have no permissions here."
                    + (admins.isEmpty() ? "" : " These people can change that: " + UntrustedText.line(admins, 200))));
        }
        return held.stream()
                .map(g -> "You may " + permissions(g) + where(g) + ": " + g.because(caller.principal()) + ".")
                .distinct()
                .<Block>map(Block.Line::new)
                .toList();
    }

    private static String permissions(Grant grant) {
        return grant.permissions().size() == Permission.values().length ? "do everything" : words(grant.permissions());
    }

    private static String words(Set<Permission> permissions) {
        return permissions.stream().map(Permission::word).collect(Collectors.joining(", "));
    }

    private static String where(Grant grant) {
        var limits = Stream.of(
                        limit("for ", grant.limits(Reach::operations)),
                        limit("in ", grant.limits(Reach::environments)),
                        limit("with playbook ", grant.limits(Reach::playbooks)))
                .filter(l -> !l.isEmpty())
                .collect(Collectors.joining(" "));
        return limits.isEmpty() ? "" : " " + limits;
    }

    private static String limit(String before, List<String> names) {
        return names.isEmpty() ? "" : before + String.join(", ", names);
    }
}
