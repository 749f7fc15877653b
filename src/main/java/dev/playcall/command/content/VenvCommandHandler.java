package dev.playcall.command.content;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.content.ContentCommands.InventorySync;
import dev.playcall.content.ContentException;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.domain.Revision;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.venv.InstalledVenv;
import dev.playcall.venv.Venvs;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says which Python environments playbooks need, and makes and removes them. */
final class VenvCommandHandler implements FamilyHandler<VenvCommand> {
    private static final int PAGE = 500;

    private final Rights rights;
    private final Catalogs catalogs;
    private final Venvs venvs;
    private final Galaxy galaxy;
    private final EventStore history;
    private final InventorySync inventories;
    private final HostVenvCommands hosts;

    VenvCommandHandler(
            Rights rights,
            Catalogs catalogs,
            Venvs venvs,
            Galaxy galaxy,
            EventStore history,
            InventorySync inventories,
            HostVenvCommands hosts) {
        this.rights = rights;
        this.catalogs = catalogs;
        this.venvs = venvs;
        this.galaxy = galaxy;
        this.history = history;
        this.inventories = inventories;
        this.hosts = hosts;
    }

    @Override
    public Reply handle(VenvCommand command, Caller caller) {
        var refusal = refusal(command, caller);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return switch (command) {
                case VenvCommand.AnalyzePlaybook(var playbook, var lint, var relock) -> analyze(playbook, lint, relock);
                case VenvCommand.ShowSpec(var name) -> show(name);
                case VenvCommand.SyncVenvs(var check) -> inventories.sync(check, caller);
                case VenvCommand.DeployVenv deploy -> deploy(deploy, caller);
                case VenvCommand.ListVenvs(var where, var verify) ->
                    where.isHere() ? list(verify) : hosts.list(where, verify, caller);
                case VenvCommand.CleanUpVenvs(var where, var dry) ->
                    where.isHere() ? cleanup(dry) : hosts.cleanup(where, wanted(), this::usedSince, dry, caller);
            };
        } catch (ContentException e) {
            return new Reply.Invalid("venv", e.why(), Optional.empty());
        }
    }

    /** What is installed comes from elsewhere and is executed, as what sync and galaxy bring. */
    private Optional<Reply.Denied> refusal(VenvCommand command, Caller caller) {
        return switch (command) {
            case VenvCommand.AnalyzePlaybook(var _, var _, var relock)
            when relock -> rights.refusal(caller, Permission.VENV, Target.EVERYTHING);
            case VenvCommand.AnalyzePlaybook _, VenvCommand.ShowSpec _, VenvCommand.ListVenvs _ ->
                rights.anywhere(caller, Permission.VIEW);
            case VenvCommand.SyncVenvs(var check) when check -> rights.anywhere(caller, Permission.VIEW);
            case VenvCommand.DeployVenv _, VenvCommand.CleanUpVenvs _, VenvCommand.SyncVenvs _ ->
                rights.refusal(caller, Permission.VENV, Target.EVERYTHING);
        };
    }

    private Reply analyze(String written, boolean lint, boolean relock) throws ContentException {
        var playbook = playbook(written);
        if (playbook.isEmpty()) {
            return unknown(written);
        }
        var spec = venvs.specs().analyze(playbook.get(), lint);
        return new Reply.Specified(
                relock ? venvs.relock(playbook.get(), spec, lint, () -> false).spec() : spec);
    }

    private Reply deploy(VenvCommand.DeployVenv command, Caller caller) throws ContentException {
        var playbook = playbook(command.playbook());
        if (playbook.isEmpty()) {
            return unknown(command.playbook());
        }
        if (galaxy.isAutomatic()) {
            galaxy.install(() -> false);
        }
        var spec = venvs.specs().analyze(playbook.get(), command.lint());
        if (!command.where().isHere()) {
            Venvs.refuseUnknown(playbook.get(), spec);
            var what = new HostVenvRun.Deploy(spec.name(), command.force(), command.lint());
            return hosts.deploy(command.where(), what, caller);
        }
        return new Reply.Deployed(venvs.deploy(playbook.get(), spec, command.force(), command.lint(), () -> false));
    }

    private Reply list(boolean verify) throws ContentException {
        var problems = verify ? venvs.problems() : List.<String>of();
        if (!problems.isEmpty()) {
            return new Reply.Invalid("host", String.join("; ", problems), Optional.empty());
        }
        var all = venvs.all();
        return new Reply.InstalledVenvs(
                "localhost",
                all.isEmpty()
                        ? "no environments on localhost"
                        : TextFormat.count(all.size(), "environment") + " on localhost, " + size(all),
                all);
    }

    private Reply cleanup(boolean dry) throws ContentException {
        var gone = venvs.cleanup(wanted(), dry);
        return new Reply.InstalledVenvs(
                "localhost",
                gone.isEmpty()
                        ? "no unused environments on localhost"
                        : (dry ? "would remove " : "removed ") + TextFormat.count(gone.size(), "environment") + ", "
                                + size(gone),
                gone);
    }

    private static String size(List<InstalledVenv> venvs) {
        return TextFormat.size(venvs.stream().mapToLong(InstalledVenv::size).sum());
    }

    /** Names of environments that a playbook has now or asks for, or that runs use. */
    private Predicate<String> wanted() {
        var playbooks = catalogs.current().playbooks().values();
        var named = playbooks.stream().flatMap(p -> p.venv().named().stream()).collect(Collectors.toSet());
        var used = history.running().stream()
                .flatMap(r -> r.revision().flatMap(Revision::venv).stream())
                .collect(Collectors.toSet());
        return name ->
                named.contains(name) || used.contains(name) || venvs.specs().isCurrent(name, playbooks);
    }

    private Set<String> usedSince(Instant oldest) {
        var names = new HashSet<String>();
        var query = RunQuery.newest(PAGE).between(Optional.of(oldest), Optional.empty());
        for (Optional<RunQuery> open = Optional.of(query); open.isPresent(); ) {
            var page = history.list(open.get());
            page.runs().forEach(r -> r.revision().flatMap(Revision::venv).ifPresent(names::add));
            open = page.next().map(query::before);
        }
        return names;
    }

    private Optional<Playbook> playbook(String written) {
        var name = PlaybookName.withoutEnding(written);
        return PlaybookName.isValid(name) ? catalogs.current().playbook(new PlaybookName(name)) : Optional.empty();
    }

    private Reply unknown(String written) {
        var known = catalogs.current().playbooks().keySet().stream()
                .map(PlaybookName::value)
                .toList();
        return new Reply.NotFound("there is no playbook \"" + written + "\""
                + near(PlaybookName.withoutEnding(written), known, "playbooks"));
    }

    private Reply show(String name) throws ContentException {
        var spec = venvs.specs().find(name);
        return spec.isPresent()
                ? new Reply.Specified(spec.get())
                : new Reply.NotFound("there is no specification \"" + name + "\""
                        + near(name, venvs.specs().names(), "venv analyze <playbook>"));
    }

    private static String near(String written, List<String> known, String otherwise) {
        return Suggestion.of(written, known)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; try " + otherwise);
    }
}
