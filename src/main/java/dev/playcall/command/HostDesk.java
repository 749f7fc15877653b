package dev.playcall.command;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Environment;
import dev.playcall.catalog.HostsEdit;
import dev.playcall.catalog.HostsEdit.RefusedException;
import dev.playcall.catalog.InventoryCheck;
import dev.playcall.command.Command.EditHosts;
import dev.playcall.command.Command.HostChange;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Nearest;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Changes {@code hosts.yml} of an environment: only the lines that say so, only when Ansible understands the result, and
 * only when nobody else changed the file meanwhile.
 */
final class HostDesk {
    private static final String HOST = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
    private static final String GROUP = "[A-Za-z_][A-Za-z0-9_]{0,99}";

    private final Catalogs catalogs;
    private final Rights rights;
    private final InventoryCheck check;

    HostDesk(Catalogs catalogs, Rights rights, InventoryCheck check) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.check = check;
    }

    synchronized Reply handle(EditHosts wish, Caller caller) {
        var environment = Optional.of(wish.environment())
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)));
        if (environment.isEmpty()) {
            return rights.anywhere(caller, Permission.ADMIN)
                    .<Reply>map(d -> d)
                    .orElseGet(() -> unknown(wish.environment()));
        }
        return rights.refusal(
                        caller, Permission.ADMIN, Target.of(environment.get().name()))
                .<Reply>map(d -> d)
                .or(() -> wrong(wish.change()))
                .orElseGet(() -> change(environment.get(), wish.change()));
    }

    private Reply unknown(String name) {
        var known = catalogs.current().environments().keySet().stream()
                .map(Object::toString)
                .toList();
        return new Reply.Invalid("environment", "there is no environment \"" + name + "\"", Nearest.of(name, known));
    }

    private static Optional<Reply> wrong(HostChange change) {
        if (!change.host().matches(HOST)) {
            return Optional.of(
                    new Reply.Invalid("host", "a host has a name of letters, digits and . _ -", Optional.empty()));
        }
        return Optional.of(change.group())
                .filter(g -> !g.matches(GROUP))
                .map(_ -> new Reply.Invalid(
                        "group", "a group has a name of letters, digits and _, as Ansible wants it", Optional.empty()));
    }

    private Reply change(Environment environment, HostChange change) {
        try {
            var file = environment.hostsFile().toRealPath();
            var before = Files.readAllBytes(file);
            var edit = HostsEdit.of(new String(before, StandardCharsets.UTF_8));
            var after = switch (change) {
                case HostChange.Add(var host, var group, var variables) ->
                    edit.add(host, group, HostsEdit.variables(variables));
                case HostChange.Remove(var host) -> edit.remove(host);
                case HostChange.Tag(var host, var group) -> edit.tag(host, group);
                case HostChange.Untag(var host, var group) -> edit.untag(host, group);
            };
            return replace(file, before, after)
                    .<Reply>map(why -> new Reply.Invalid("host", why, Optional.empty()))
                    .orElseGet(() -> new Reply.Done(done(change, environment)));
        } catch (RefusedException e) {
            return new Reply.Invalid("host", e.why(), Optional.empty());
        } catch (IOException e) {
            return new Reply.Unavailable("inventory/" + environment.name() + "/hosts.yml cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** Returns why it was left as it is. */
    private Optional<String> replace(Path file, byte[] before, String after) throws IOException {
        var folder = file.getParent();
        var draft = Files.createTempFile(folder, ".hosts", ".yml");
        try {
            Files.writeString(draft, after);
            Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
            var problem = check.problem(draft);
            if (problem.isPresent()) {
                return Optional.of("nothing was changed, Ansible would not understand it: " + problem.get());
            }
            if (!Arrays.equals(before, Files.readAllBytes(file))) {
                return Optional.of("nothing was changed: somebody else has just changed the file, try again");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            catalogs.afterChange();
            return Optional.empty();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String done(HostChange change, Environment environment) {
        return switch (change) {
            case HostChange.Add(var host, var group, var _) ->
                host + " is in " + environment.name() + (group.equals("all") ? "" : ", group " + group);
            case HostChange.Remove(var host) -> host + " is no longer in " + environment.name();
            case HostChange.Tag(var host, var group) -> host + " of " + environment.name() + " is tagged " + group;
            case HostChange.Untag(var host, var group) ->
                host + " of " + environment.name() + " is no longer tagged " + group;
        };
    }
}
