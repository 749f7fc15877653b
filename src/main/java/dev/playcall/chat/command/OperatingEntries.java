package dev.playcall.chat.command;

import static dev.playcall.chat.command.CommandOption.IN_ENVIRONMENT;
import static dev.playcall.chat.command.CommandOption.RUN_NUMBER;
import static dev.playcall.chat.command.CommandOption.Type.FLAG;
import static dev.playcall.chat.command.CommandOption.Type.HOSTS;
import static dev.playcall.chat.command.CommandOption.Type.TEXT;
import static dev.playcall.chat.command.CommandOption.dashes;
import static dev.playcall.chat.command.CommandOption.maybe;
import static dev.playcall.chat.command.CommandOption.maybeRest;
import static dev.playcall.chat.command.CommandOption.rest;
import static dev.playcall.chat.command.CommandOption.word;

import dev.playcall.chat.command.CommandEntry.Kind;
import java.util.List;

/** Holding work back, approving it, what the gateway works with, and what runs by itself. */
final class OperatingEntries {

    static final List<CommandEntry> ALL = List.of(
            CommandEntry.of(
                    "pause",
                    "pause the queue, an environment, a playbook or a run",
                    Kind.HOLD,
                    "pause production database is being moved",
                    word("what", TEXT, "queue, an environment, a playbook or a run"),
                    maybeRest("reason", "reason, shown to people who wait; optional for a run")),
            CommandEntry.of(
                    "resume",
                    "resume the queue, an environment, a playbook, a run or a deployment",
                    Kind.HOLD,
                    "resume production",
                    maybe("what", TEXT, "queue, an environment, a playbook or a run")),
            CommandEntry.of(
                    "drain",
                    "stop accepting new runs; queued and running runs continue",
                    Kind.HOLD,
                    "drain the gateway is updated at six",
                    rest("reason", "reason, shown to people who are refused")),
            CommandEntry.of(
                    "reload",
                    "reload the configuration; an invalid one is rejected with its line",
                    Kind.HOLD,
                    "reload"),
            CommandEntry.of(
                    "sync",
                    "update playbooks and inventories from Git; sync now: also during runs",
                    Kind.HOLD,
                    "sync",
                    maybe("now", TEXT, "now: also while runs use these files")),
            CommandEntry.of(
                    "galaxy",
                    "install collections and roles from requirements.yml; without install: show their state",
                    Kind.HOLD,
                    "galaxy install",
                    maybe("action", TEXT, "install"),
                    dashes("again", FLAG, "reinstall, for example for a moving branch or lost files")),
            new CommandEntry(
                    "inventory",
                    "show the hosts of an environment, or fetch them from its inventory plugins and scripts",
                    Kind.HOLD,
                    List.of(
                            word("action", TEXT, "show or refresh"),
                            IN_ENVIRONMENT,
                            dashes("limit", HOSTS, "show: only these hosts and groups, as a run takes them")),
                    List.of("inventory show production --limit tag:web", "inventory refresh production")),
            new CommandEntry(
                    "venv",
                    "Python environments of playbooks; analyze, show-spec, deploy, list-host, cleanup, sync",
                    Kind.HOLD,
                    List.of(
                            word("action", TEXT, "analyze, show-spec, deploy, list-host, cleanup or sync"),
                            maybe("what", TEXT, "the playbook, the name of a specification, or the host"),
                            maybe("host", TEXT, "deploy: localhost, or a host of an inventory"),
                            maybe("environment", TEXT, "of that host, where several have one of its name"),
                            dashes("no-lint", FLAG, "analyze, deploy: do not check the playbook first"),
                            dashes("relock", FLAG, "analyze: find out the versions anew"),
                            dashes("verify", FLAG, "list-host: look at them on the host"),
                            dashes("force", FLAG, "deploy: another one beside the one that is there"),
                            dashes("dry-run", FLAG, "cleanup: only list what would be removed"),
                            dashes("check", FLAG, "sync: only say where an inventory differs")),
                    List.of(
                            "venv analyze deploy",
                            "venv deploy deploy localhost",
                            "venv list-host localhost",
                            "venv cleanup localhost --dry-run",
                            "venv sync --check")),
            new CommandEntry(
                    "settings",
                    "list runtime settings; settings set and settings reset change them",
                    Kind.HOLD,
                    List.of(
                            maybe("action", TEXT, "set or reset; without it the list"),
                            maybe("key", TEXT, "key, as listed"),
                            maybeRest("value", "for set: the new value")),
                    List.of(
                            "settings",
                            "settings set ansible.max_parallel_runs 8",
                            "settings reset ansible.max_parallel_runs")),
            CommandEntry.of(
                    "approve", "approve exactly what the card of a run shows", Kind.ACTION, "approve 412", RUN_NUMBER),
            CommandEntry.of(
                    "reject",
                    "reject a run, which ends it",
                    Kind.ACTION,
                    "reject 412 not before the backup",
                    RUN_NUMBER,
                    maybeRest("reason", "reason")),
            CommandEntry.of(
                    "lock",
                    "lock an environment against changes by others",
                    Kind.ACTION,
                    "lock production database restore --for 2h",
                    IN_ENVIRONMENT,
                    rest("reason", "reason, shown to people who are refused"),
                    dashes("for", TEXT, "duration: 30m, 2h, 1d; without it until unlocked")),
            CommandEntry.of("unlock", "unlock an environment", Kind.ACTION, "unlock production", IN_ENVIRONMENT),
            new CommandEntry(
                    "nodes",
                    "list the gateways on the database; drain: one takes no more runs from the queue",
                    Kind.HOLD,
                    List.of(
                            maybe("action", TEXT, "drain or undrain; without it the list"),
                            maybe("node", TEXT, "name of the node, as listed"),
                            maybeRest("reason", "for drain: reason, shown to people who wait")),
                    List.of("nodes", "nodes drain gateway-2 its disk is being replaced", "nodes undrain gateway-2")),
            CommandEntry.of("locks", "list locks and freeze windows", Kind.QUERY, "locks"),
            CommandEntry.of(
                    "schedule",
                    "schedule an operation by cron or once; list, pause, resume, remove, run",
                    Kind.SCHEDULE,
                    "schedule add \"30 2 * * *\" deploy staging --tz Europe/Berlin --name nightly",
                    word("action", TEXT, "add, at, list, pause, resume, remove or run"),
                    maybeRest("what", "schedule number or name; or a cron expression or a time, then the operation"),
                    dashes("tz", TEXT, "time zone of the cron expression, for example Europe/Berlin"),
                    dashes("missed", TEXT, "missed runs: skip, run_once or run_all:5"),
                    dashes("jitter", TEXT, "jitter: random delay of up to, for example, 5m"),
                    dashes("name", TEXT, "name of the schedule and of its runs")),
            new CommandEntry(
                    "report",
                    "send a report daily, weekly or by cron; now, list, pause, resume, remove",
                    Kind.SCHEDULE,
                    List.of(
                            word(
                                    "action",
                                    TEXT,
                                    "daily, weekly, a cron expression, now, list, pause, resume or remove"),
                            maybeRest("what", "environment or all, on mon, at 09:00; or a report number"),
                            dashes("tz", TEXT, "time zone, for example Europe/Berlin"),
                            dashes("missed", TEXT, "missed runs: skip, run_once or run_all:5"),
                            dashes("channel", TEXT, "channel, for example slack:C0123; default here"),
                            dashes("to", TEXT, "a receiver instead of a channel, for example ops-mail")),
                    List.of(
                            "report daily production at 09:00",
                            "report daily production at 09:00 --to ops-mail",
                            "report weekly on mon at 08:30",
                            "report now staging")));

    private OperatingEntries() {}
}
