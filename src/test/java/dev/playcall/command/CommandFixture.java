package dev.playcall.command;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.Plans;
import dev.playcall.command.maintenance.Ticks;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.identity.TokenOwners;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A desk on a real catalogue and a real database, whose clock goes by hand. */
public final class CommandFixture implements AutoCloseable {
    static final Instant T = Instant.parse("2026-11-20T12:00:00Z");

    public final ManualClock clock = new ManualClock(T);
    public final Database database;
    public final RunJournal journal;
    public final StartPolicy rules;
    public final Runnable approvalPreviews;
    public final SecretService secrets;
    public final TestRouter commands;
    private final Path home;
    private int messages;

    /** @param access what stands under {@code access:}, indented by two */
    public CommandFixture(Path home, String access) throws IOException {
        this.home = home;
        write(
                "inventory/production/hosts.yml",
                "all:\n  children:\n    web:\n      hosts: {web-1: , web-2: }\n    db:\n      hosts: {db-1: }\n");
        write("inventory/staging/hosts.yml", "all:\n  hosts: {s-1: }\n");
        for (var name : List.of("deploy", "migrate", "ping")) {
            if (!Files.exists(home.resolve("playbooks/" + name + ".yml"))) {
                write("playbooks/" + name + ".yml", "- hosts: all\n  tasks: []\n");
            }
        }
        write("playbooks/ping.meta.yml", "danger: none\n");
        write("playbooks/deploy.meta.yml", "variables:\n  version: { type: text, default: v1 }\n");
        write("playbooks/roles/web/tasks/main.yml", "- debug:\n");
        write(
                "config/playcall.yml",
                "schedule: { timezone: Europe/Berlin }\noperations: { migrate: { playbook: migrate.yml } }\naccess:\n"
                        + access);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        secrets = MemorySecrets.vault(database.secrets(), home.resolve("keys.json"), new Redactor(List.of()));
        rules = rules(config, database.locks());
        approvalPreviews = Ticks.previews(journal, plans(), clock);
        commands = desk(config, rules);
    }

    private Plans plans() {
        return request -> new Plan(List.of("web-1"), List.of("Copy the release"), "", Optional.empty(), "");
    }

    StartPolicy rules(Config config, LockStore locks) {
        var catalogs = new DiskCatalogs(config, clock);
        var people = new TokenOwners(
                new IdentityLinks(config.access().people(), database.links(), List::of, clock), database.tokens());
        return Rules.of(config, catalogs, locks, people, secrets, database.holds(), clock);
    }

    TestRouter desk(Config config, StartPolicy with) {
        var rights = new Rights(
                new Authorizer(config.access(), false, List::of),
                new IdentityLinks(config.access().people(), database.links(), List::of, clock));
        return new TestRouter(new DiskCatalogs(config, clock), journal, rights, with, secrets);
    }

    public Config config() {
        return ConfigFile.load(home, Optional.empty(), Map.of());
    }

    void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** The catalogue looks at the disk every half second only. */
    public void later(Duration time) {
        clock.go(time);
    }

    public Caller caller(String person) {
        return new Caller(new Person(person), new Origin("slack:C1", Optional.of("m" + messages++)), Set.of());
    }

    public Reply say(String person, Command command) {
        return commands.handle(command, caller(person));
    }

    public static StartCommand start(String operation, String environment) {
        return new StartCommand(
                operation, environment, Optional.empty(), "", List.of(), false, false, Map.of(), "", "");
    }

    /** Asks for it and gives back the run that came of it. */
    public Run asked(String person, Command command) {
        return switch (say(person, command)) {
            case Reply.Accepted(var run) -> run;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    public Run now(Run run) {
        return journal.read().find(run.id()).orElseThrow();
    }

    public Optional<Run> claim(String lock) {
        return journal.claim(lock, 9, "n", (r, _) -> r.id().value() + ".log", rules);
    }

    @Override
    public void close() {
        database.close();
    }
}
