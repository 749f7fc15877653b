package dev.playcall.boot;

import dev.playcall.ansible.Programs;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.Finding;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.config.Access.Binding;
import dev.playcall.config.Access.Role;
import dev.playcall.config.Config;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditSeal;
import dev.playcall.security.SecretStore;
import dev.playcall.store.Database;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Looks at everything a gateway needs; each line is ok, a warning or an error with the remedy. */
@Command(name = "doctor", description = "check everything the gateway needs")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    private int errors;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(root);
        var out = command.out();
        var config = command.load();
        say(out, "ok", "configuration is readable");
        say(out, "ok", "Java " + Runtime.version());
        programs(out);
        writable(out, config.paths().data());
        writable(out, config.paths().logs());
        database(out, config);
        catalogue(out, config);
        bindings(out, config);
        chat(out, config);
        notify(out, config);
        return errors == 0 ? Main.OK : Main.FAILED;
    }

    private void programs(PrintWriter out) {
        var programs = new Programs(System.getenv().getOrDefault("PATH", ""));
        needed(
                out,
                programs.find("ansible-playbook").isPresent(),
                "ansible-playbook",
                "apt-get install --no-install-recommends ansible-core");
        needed(out, programs.python().isPresent(), "python3", "apt-get install python3");
        wanted(
                out,
                programs.find("ssh").isPresent(),
                "ssh",
                "apt-get install openssh-client, without it only local hosts are reached");
        wanted(
                out,
                programs.find("ansible-lint").isPresent(),
                "ansible-lint",
                "apt-get install ansible-lint, validate then says more");
    }

    private void needed(PrintWriter out, boolean there, String what, String remedy) {
        if (there) {
            say(out, "ok", what);
        } else {
            errors++;
            say(out, "error", what + " is missing: " + remedy);
        }
    }

    private static void wanted(PrintWriter out, boolean there, String what, String remedy) {
        say(out, there ? "ok" : "warning", what + (there ? "" : " is not installed: " + remedy));
    }

    private void writable(PrintWriter out, Path folder) {
        var nearest = folder;
        while (!Files.exists(nearest)) {
            nearest = Objects.requireNonNull(nearest.getParent());
        }
        needed(out, Files.isWritable(nearest), "write access to " + folder, "chown it to the user that runs Playcall");
    }

    private void database(PrintWriter out, Config config) {
        try (var database = Database.open(config.store().url(), Clock.systemUTC())) {
            say(out, "ok", "database answers: " + database.isHealthy());
            access(out, config, database);
            var kept = database.secrets().all().stream()
                    .map(SecretStore.Sealed::info)
                    .toList();
            MissingSecrets.of(new DiskCatalogs(config, Clock.systemUTC()).current(), kept)
                    .forEach(line -> say(out, "warning", line));
            var seal = new AuditSeal(config.paths().data());
            var audit = new AuditLog(database.audit(), seal, text -> text, Clock.systemUTC());
            var trouble = audit.problem();
            needed(out, trouble.isEmpty(), "audit log as it was recorded", trouble.orElse(""));
        } catch (IllegalStateException e) {
            errors++;
            say(out, "error", String.valueOf(e.getMessage()));
        }
    }

    private static void access(PrintWriter out, Config config, Database database) {
        int accounts = database.accounts().list().size();
        boolean open = FrontDoor.of(
                        Settings.of(config), new DiskCatalogs(config, Clock.systemUTC()), database, Clock.systemUTC())
                .authorizer()
                .isOpen();
        say(
                out,
                open ? "warning" : "ok",
                open
                        ? "nobody is admin: everybody in chat and on this machine may do everything"
                                + " (./playcall user add <name> --admin, or access.bindings)"
                        : "access is controlled, " + accounts + (accounts == 1 ? " account" : " accounts"));
        var server = config.server();
        if (!open && server.publicUrl().startsWith("http:")) {
            say(out, "warning", "server.public_url is not https: passwords and tokens cross the network readable");
        }
    }

    private void catalogue(PrintWriter out, Config config) {
        var catalog = new DiskCatalogs(config, Clock.systemUTC()).current();
        catalog.environments()
                .values()
                .forEach(e -> say(
                        out, "ok", "environment " + e.name() + ": " + e.hosts().size() + " hosts"));
        say(out, "ok", catalog.playbooks().size() + " playbooks");
        for (var problem : catalog.problems()) {
            errors++;
            say(out, "error", problem);
        }
    }

    /** A name that nothing has grants nothing, and nobody would notice but those who are refused. */
    private static void bindings(PrintWriter out, Config config) {
        var access = config.access();
        var catalog = new DiskCatalogs(config, Clock.systemUTC()).current();
        var known =
                catalog.environments().keySet().stream().map(Object::toString).collect(Collectors.toSet());
        Stream.concat(
                        access.bindings().stream().map(Binding::reach),
                        access.roles().values().stream().map(Role::reach))
                .flatMap(r -> r.environments().stream())
                .distinct()
                .filter(e -> !e.contains("*") && !e.contains("?") && !known.contains(e))
                .forEach(e -> say(out, "warning", "access names the environment " + e + ", which is not there"));
    }

    private void chat(PrintWriter out, Config config) {
        var chat = config.chat();
        try (var slack = new SlackAdapter(
                chat.slack(),
                Clock.systemUTC(),
                () -> FrontDoor.asksForGroups(config, new DiskCatalogs(config, Clock.systemUTC()), "slack"))) {
            slack.check().forEach(f -> say(out, f));
        }
        DiscordAdapter.check(chat.discord(), Clock.systemUTC()).forEach(f -> say(out, f));
    }

    /** Routes, templates and mentions, and whether those who are told at night could be told now. */
    private void notify(PrintWriter out, Config config) {
        var notify = config.notifications();
        if (notify.receivers().isEmpty()) {
            return;
        }
        try {
            Receivers.rules(notify);
            Receivers.wordings(notify);
            say(out, "ok", notify.receivers().size() + " receivers of notifications, their routes and templates");
        } catch (RefusedException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> say(out, new Finding(Finding.Level.ERROR, line)));
        }
        ReceiverChecks.of(notify, new Programs(System.getenv().getOrDefault("PATH", "")))
                .forEach(f -> say(out, f));
    }

    private void say(PrintWriter out, Finding finding) {
        if (finding.level() == Finding.Level.ERROR) {
            errors++;
        }
        say(out, finding.level().name().toLowerCase(Locale.ROOT), finding.text());
    }

    private static void say(PrintWriter out, String level, String text) {
        out.printf("%-8s %s%n", level, text);
        out.flush();
    }
}
