package dev.playcall.command.content;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand.VenvCommand.Where;
import dev.playcall.command.Reply;
import dev.playcall.command.content.ContentCommands.VenvLimits;
import dev.playcall.command.content.ContentCommands.VenvsOnHosts;
import dev.playcall.content.ContentException;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.venv.HostVenvs;
import dev.playcall.venv.HostVenvs.HostVenv;
import dev.playcall.venv.HostVenvs.VenvHost;
import dev.playcall.venv.InstalledVenv;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Python environments on hosts of the inventory: what is known of them, and the runs that make and remove them there. */
final class HostVenvCommands {
    /** Every program of an installation may take {@code venv.timeout}; so many are started. */
    private static final int PROGRAMS = 4;

    private static final int NAMED = 5;

    private final Catalogs catalogs;
    private final HostVenvs hosts;
    private final BiFunction<RunRequest, Caller, Reply> start;
    private final Supplier<VenvLimits> limits;
    private final Clock clock;

    HostVenvCommands(Catalogs catalogs, HostVenvs hosts, VenvsOnHosts onHosts) {
        this.catalogs = catalogs;
        this.hosts = hosts;
        this.start = onHosts.start();
        this.limits = onHosts.limits();
        this.clock = onHosts.clock();
    }

    Reply deploy(Where where, HostVenvRun.Deploy what, Caller caller) throws ContentException {
        return on(where, host -> start.apply(request(host, what, "install " + what.spec()), caller));
    }

    /** @param verify whether a run looks on the host */
    Reply list(Where where, boolean verify, Caller caller) throws ContentException {
        return on(where, host -> {
            var all = hosts.of(host);
            if (verify) {
                var names = all.stream().map(HostVenv::name).toList();
                return start.apply(request(host, new HostVenvRun.Verify(names), "verify environments"), caller);
            }
            return listed(
                    host,
                    all.isEmpty()
                            ? "no environments on " + host.name()
                            : TextFormat.count(all.size(), "environment") + " on " + host.name() + ", " + size(all),
                    all);
        });
    }

    /**
     * @param wanted names of environments that are needed
     * @param used names of those that runs have used since a time
     */
    Reply cleanup(
            Where where, Predicate<String> wanted, Function<Instant, Set<String>> used, boolean dry, Caller caller)
            throws ContentException {
        return on(where, host -> {
            var unused = unused(host, wanted, used);
            if (unused.isEmpty() || dry) {
                return listed(
                        host,
                        unused.isEmpty()
                                ? "no unused environments on " + host.name()
                                : "would remove " + TextFormat.count(unused.size(), "environment") + " from "
                                        + host.name() + ", " + size(unused),
                        unused);
            }
            var names = unused.stream().map(HostVenv::name).toList();
            var name = "remove " + TextFormat.list(names, NAMED);
            return start.apply(request(host, new HostVenvRun.Cleanup(names), name), caller);
        });
    }

    private List<HostVenv> unused(VenvHost host, Predicate<String> wanted, Function<Instant, Set<String>> used)
            throws ContentException {
        var oldest = clock.instant().minus(limits.get().keep());
        var old = hosts.of(host).stream()
                .filter(v -> !wanted.test(v.name()) && v.installed().isBefore(oldest))
                .toList();
        var names = old.isEmpty() ? Set.<String>of() : used.apply(oldest);
        return old.stream().filter(v -> !names.contains(v.name())).toList();
    }

    private static String size(List<HostVenv> venvs) {
        return TextFormat.size(venvs.stream().mapToLong(HostVenv::size).sum());
    }

    private static Reply listed(VenvHost host, String message, List<HostVenv> venvs) {
        return new Reply.InstalledVenvs(
                host.name(), message, venvs.stream().map(InstalledVenv::of).toList());
    }

    /** What is done on a host. */
    private interface Work {
        Reply on(VenvHost host) throws ContentException;
    }

    private Reply on(Where where, Work work) throws ContentException {
        var environments = catalogs.current().environments().values();
        var having = environments.stream()
                .filter(e -> e.hosts().contains(where.host()))
                .filter(e -> where.environment().isBlank() || e.name().value().equals(where.environment()))
                .toList();
        return switch (having.size()) {
            case 0 ->
                unknown(
                        where,
                        environments.stream()
                                .flatMap(e -> e.hosts().stream())
                                .distinct()
                                .toList());
            case 1 -> work.on(VenvHost.of(having.getFirst().name(), where.host()));
            default -> {
                var names = having.stream()
                        .map(Environment::name)
                        .map(Object::toString)
                        .toList();
                yield new Reply.Invalid(
                        "environment",
                        where.host() + " is a host of " + String.join(" and of ", names) + "; say which one",
                        Optional.of(where.host() + " " + names.getFirst()));
            }
        };
    }

    private static Reply unknown(Where where, List<String> known) {
        return new Reply.NotFound("there is no host \"" + where.host() + "\" in "
                + (where.environment().isBlank() ? "any inventory" : "the inventory of " + where.environment())
                + Suggestion.of(where.host(), known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("; localhost is the gateway's own machine"));
    }

    /** One at a time works on a host. */
    private RunRequest request(VenvHost host, HostVenvRun what, String name) {
        var environment = host.environment().orElseThrow();
        return new RunRequest(
                what.operation(),
                environment,
                Optional.empty(),
                "venv/" + environment + "/" + host.name(),
                host.name(),
                List.of(host.name()),
                List.of(),
                false,
                false,
                what.variables(),
                0,
                limits.get().program().multipliedBy(PROGRAMS),
                name,
                "",
                Optional.empty(),
                1,
                AnsibleOptions.NONE,
                Optional.empty());
    }
}
