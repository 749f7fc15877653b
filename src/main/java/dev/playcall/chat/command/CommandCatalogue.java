package dev.playcall.chat.command;

import static dev.playcall.chat.command.CommandOption.dashes;
import static dev.playcall.chat.command.CommandOption.maybe;
import static dev.playcall.chat.command.CommandOption.word;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.chat.command.CommandEntry.Kind;
import dev.playcall.chat.command.CommandOption.Written;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every command people can give. A new command is one entry here. */
public final class CommandCatalogue {
    private static final CommandOption ENVIRONMENT = word("env", CommandOption.Type.ENVIRONMENT, "environment");
    private static final CommandOption PERSON =
            word("person", CommandOption.Type.TEXT, "as shown by whoami there, for example discord:42");
    private static final CommandOption RUN = word("run", CommandOption.Type.RUN, "run number");
    private static final CommandOption TOPIC = new CommandOption(
            "what", CommandOption.Type.TOPIC, Written.REST, false, "an environment, an operation, failures or all");

    private static final CommandOption REASON =
            dashes("reason", CommandOption.Type.TEXT, "reason, recorded with the run");
    private static final CommandOption OVERRIDE =
            dashes("override", CommandOption.Type.TEXT, "override a lock or freeze window, with a reason");

    /** What every command that starts a run understands. */
    private static final List<CommandOption> RUN_OPTIONS = List.of(
            dashes("limit", CommandOption.Type.HOSTS, "limit to these hosts and groups, comma-separated"),
            dashes("tags", CommandOption.Type.TAGS, "run only tasks with these tags"),
            dashes("check", CommandOption.Type.FLAG, "check mode: change nothing, report what would change"),
            dashes("diff", CommandOption.Type.FLAG, "show differences of files"),
            REASON,
            OVERRIDE,
            dashes("yes", CommandOption.Type.FLAG, "do not ask for confirmation"));

    private static final CommandOption VARIABLES = new CommandOption(
            "vars", CommandOption.Type.VARIABLES, Written.REST, false, "variables as key=value, separated by spaces");

    private static final List<CommandEntry> FIXED = List.of(
            new CommandEntry(
                    "play",
                    "run any playbook of the catalogue",
                    Kind.RUN,
                    with(
                            List.of(word("playbook", CommandOption.Type.PLAYBOOK, "playbook name"), ENVIRONMENT),
                            VARIABLES),
                    List.of("play update staging --check")),
            new CommandEntry(
                    "check",
                    "report what would change; same as --check --diff",
                    Kind.RUN,
                    List.of(
                            word("operation", CommandOption.Type.OPERATION, "operation to check"),
                            ENVIRONMENT,
                            VARIABLES,
                            RUN_OPTIONS.get(0),
                            RUN_OPTIONS.get(1)),
                    List.of("check deploy production version=v1.2.3")),
            new CommandEntry(
                    "batch",
                    "run an operation in several environments, one after the other",
                    Kind.STANDING,
                    batch(),
                    List.of("batch deploy staging,production version=v1.2.3 --on-failure stop")),
            entry(
                    "retry",
                    "retry the failed hosts of a run; retry batch 3: the failed runs of a batch",
                    Kind.DEED,
                    "retry 412",
                    RUN,
                    REASON,
                    OVERRIDE),
            entry("rerun", "run the same request again", Kind.DEED, "rerun 412", RUN, REASON, OVERRIDE),
            entry(
                    "cancel",
                    "cancel a queued or running run; also cancel queue, cancel batch 3, cancel batch 3 rest",
                    Kind.DEED,
                    "cancel 412",
                    RUN),
            entry(
                    "pause",
                    "pause the queue, an environment, a playbook or a run",
                    Kind.STANDING,
                    "pause production database is being moved",
                    word("what", CommandOption.Type.TEXT, "queue, an environment, a playbook or a run"),
                    new CommandOption(
                            "reason",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            false,
                            "reason, shown to people who wait; optional for a run")),
            entry(
                    "resume",
                    "resume the queue, an environment, a playbook or a run",
                    Kind.STANDING,
                    "resume production",
                    maybe("what", CommandOption.Type.TEXT, "queue, an environment, a playbook or a run")),
            entry(
                    "drain",
                    "stop accepting new runs; queued and running runs continue",
                    Kind.STANDING,
                    "drain the gateway is updated at six",
                    new CommandOption(
                            "reason",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            true,
                            "reason, shown to people who are refused")),
            entry(
                    "reload",
                    "reload the configuration; an invalid one is rejected with its line",
                    Kind.STANDING,
                    "reload"),
            entry(
                    "sync",
                    "update playbooks and inventories from Git; sync now: also during runs",
                    Kind.STANDING,
                    "sync",
                    maybe("now", CommandOption.Type.TEXT, "now: also while runs use these files")),
            entry(
                    "galaxy",
                    "install collections and roles from requirements.yml; without install: show their state",
                    Kind.STANDING,
                    "galaxy install",
                    maybe("action", CommandOption.Type.TEXT, "install"),
                    dashes(
                            "again",
                            CommandOption.Type.FLAG,
                            "reinstall, for example for a moving branch or lost files")),
            new CommandEntry(
                    "settings",
                    "list runtime settings; settings set and settings reset change them",
                    Kind.STANDING,
                    List.of(
                            maybe("action", CommandOption.Type.TEXT, "set or reset; without it the list"),
                            maybe("key", CommandOption.Type.TEXT, "key, as listed"),
                            new CommandOption(
                                    "value", CommandOption.Type.TEXT, Written.REST, false, "for set: the new value")),
                    List.of(
                            "settings",
                            "settings set ansible.max_parallel_runs 8",
                            "settings reset ansible.max_parallel_runs")),
            entry("approve", "approve exactly what the card of a run shows", Kind.DEED, "approve 412", RUN),
            entry(
                    "reject",
                    "reject a run, which ends it",
                    Kind.DEED,
                    "reject 412 not before the backup",
                    RUN,
                    new CommandOption("reason", CommandOption.Type.TEXT, Written.REST, false, "reason")),
            entry(
                    "lock",
                    "lock an environment against changes by others",
                    Kind.DEED,
                    "lock production database restore --for 2h",
                    ENVIRONMENT,
                    new CommandOption(
                            "reason",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            true,
                            "reason, shown to people who are refused"),
                    dashes("for", CommandOption.Type.TEXT, "duration: 30m, 2h, 1d; without it until unlocked")),
            entry("unlock", "unlock an environment", Kind.DEED, "unlock production", ENVIRONMENT),
            entry("locks", "list locks and freeze windows", Kind.QUESTION, "locks"),
            entry(
                    "schedule",
                    "schedule an operation by cron or once; list, pause, resume, remove, run",
                    Kind.SCHEDULE,
                    "schedule add \"30 2 * * *\" deploy staging --tz Europe/Berlin",
                    word("action", CommandOption.Type.TEXT, "add, at, list, pause, resume, remove or run"),
                    new CommandOption(
                            "what",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            false,
                            "schedule number; or a cron expression or a time, then the operation"),
                    dashes(
                            "tz",
                            CommandOption.Type.TEXT,
                            "time zone of the cron expression, for example Europe/Berlin"),
                    dashes("missed", CommandOption.Type.TEXT, "missed runs: skip, run_once or run_all:5"),
                    dashes("jitter", CommandOption.Type.TEXT, "jitter: random delay of up to, for example, 5m")),
            new CommandEntry(
                    "report",
                    "post a report daily, weekly or by cron; now, list, pause, resume, remove",
                    Kind.SCHEDULE,
                    List.of(
                            word(
                                    "action",
                                    CommandOption.Type.TEXT,
                                    "daily, weekly, a cron expression, now, list, pause, resume or remove"),
                            new CommandOption(
                                    "what",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "environment or all, on mon, at 09:00; or a report number"),
                            dashes("tz", CommandOption.Type.TEXT, "time zone, for example Europe/Berlin"),
                            dashes("missed", CommandOption.Type.TEXT, "missed runs: skip, run_once or run_all:5"),
                            dashes(
                                    "channel",
                                    CommandOption.Type.TEXT,
                                    "channel, for example slack:C0123; default here")),
                    List.of("report daily production at 09:00", "report weekly on mon at 08:30", "report now staging")),
            entry("alerts", "list open alerts", Kind.QUESTION, "alerts"),
            entry(
                    "ack",
                    "acknowledge an alert; everyone notified sees it, and it is not escalated further",
                    Kind.DEED,
                    "ack 17",
                    new CommandOption(
                            "alerts",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            true,
                            "alert numbers, as shown by alerts")),
            entry(
                    "resolve",
                    "resolve an alert by hand; for one that nothing else resolves",
                    Kind.DEED,
                    "resolve 17 the playbook was deleted",
                    word("alert", CommandOption.Type.TEXT, "alert number, as shown by alerts"),
                    new CommandOption("reason", CommandOption.Type.TEXT, Written.REST, true, "reason")),
            entry(
                    "act",
                    "run an action that an alert offers",
                    Kind.DEED,
                    "act 5",
                    word("offer", CommandOption.Type.TEXT, "action number, as shown by alerts")),
            entry(
                    "mute",
                    "mute notifications for a time; alerts still open when the mute ends are sent then",
                    Kind.DEED,
                    "mute production --for 2h disks are replaced",
                    new CommandOption(
                            "what",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            true,
                            "environment, operation, alert number or label=value; then the reason"),
                    dashes("for", CommandOption.Type.TEXT, "duration: 30m, 2h, 1d; default 2h")),
            entry(
                    "unmute",
                    "end a mute; alerts still open are sent immediately",
                    Kind.DEED,
                    "unmute 3",
                    word("mute", CommandOption.Type.TEXT, "mute number, as shown by mutes")),
            entry("mutes", "list mutes", Kind.QUESTION, "mutes"),
            entry(
                    "notify",
                    "notify you when a run starts and ends; notify test ops: send a test message",
                    Kind.DEED,
                    "notify me 412",
                    word("action", CommandOption.Type.TEXT, "me or test"),
                    word("target", CommandOption.Type.TEXT, "run number; name of a receiver or route")),
            entry(
                    "deliveries",
                    "list notification deliveries",
                    Kind.QUESTION,
                    "deliveries dead",
                    maybe("state", CommandOption.Type.TEXT, "due, sending, done, dead, muted or folded")),
            entry(
                    "delivery",
                    "show a delivery with every attempt",
                    Kind.QUESTION,
                    "delivery 71",
                    word("delivery", CommandOption.Type.TEXT, "delivery number")),
            entry(
                    "redeliver",
                    "redeliver one failed delivery, or all of them",
                    Kind.DEED,
                    "redeliver 71",
                    new CommandOption(
                            "what", CommandOption.Type.TEXT, Written.REST, true, "delivery number, or: all dead")),
            entry(
                    "status",
                    "show server status: reachable, provisioned, deployed",
                    Kind.QUESTION,
                    "status production",
                    maybe("env", CommandOption.Type.ENVIRONMENT, "environment")),
            entry(
                    "versions",
                    "list deployed versions and rollback targets",
                    Kind.QUESTION,
                    "versions production",
                    ENVIRONMENT),
            entry("queue", "list running and queued runs", Kind.QUESTION, "queue"),
            entry(
                    "runs",
                    "list runs, newest first",
                    Kind.QUESTION,
                    "runs production failed host=web-1 since=7d",
                    maybe("env", CommandOption.Type.ENVIRONMENT, "environment"),
                    maybe("state", CommandOption.Type.STATE, "status"),
                    equal("operation", CommandOption.Type.OPERATION, "operation name"),
                    equal("playbook", CommandOption.Type.PLAYBOOK, "playbook name"),
                    equal("host", CommandOption.Type.HOST, "runs on this host"),
                    equal("by", CommandOption.Type.TEXT, "requested by: a name, slack:U0123, or me"),
                    equal("since", CommandOption.Type.TEXT, "from: 2h, 7d, 2026-01-31 or 2026-01-31T09:30, in UTC"),
                    equal("until", CommandOption.Type.TEXT, "to: same formats as since"),
                    equal("text", CommandOption.Type.TEXT, "full-text search in names, errors and log lines"),
                    equal("before", CommandOption.Type.RUN, "before this run: the next page")),
            entry("show", "show a run; show batch 3: a batch", Kind.QUESTION, "show 412", RUN),
            entry(
                    "logs",
                    "show the end of a run's log",
                    Kind.QUESTION,
                    "logs 412 --host web-1",
                    RUN,
                    dashes("host", CommandOption.Type.HOST, "only lines of this host"),
                    dashes("tail", CommandOption.Type.NUMBER, "number of lines")),
            entry(
                    "compare",
                    "compare two runs: parameters, playbook, hosts, tasks",
                    Kind.QUESTION,
                    "compare 410 412",
                    RUN,
                    word("other", CommandOption.Type.RUN, "the other run")),
            entry(
                    "stats",
                    "show success rate, durations, top failures, top requesters and cost",
                    Kind.QUESTION,
                    "stats 30d production",
                    maybe("period", CommandOption.Type.TEXT, "today, 7d (default), 90d"),
                    maybe("env", CommandOption.Type.ENVIRONMENT, "environment")),
            entry(
                    "pin",
                    "exempt a run from retention",
                    Kind.DEED,
                    "pin 412 evidence for the incident report",
                    RUN,
                    new CommandOption("reason", CommandOption.Type.TEXT, Written.REST, true, "reason for keeping it")),
            entry("unpin", "make a run subject to retention again", Kind.DEED, "unpin 412", RUN),
            entry("hosts", "list hosts and groups", Kind.QUESTION, "hosts staging", ENVIRONMENT),
            new CommandEntry(
                    "env",
                    "list, create, rename, archive or restore environments; show the policy of one",
                    Kind.STANDING,
                    List.of(
                            maybe(
                                    "action",
                                    CommandOption.Type.TEXT,
                                    "list, create, rename, archive, restore or policy"),
                            maybe("name", CommandOption.Type.TEXT, "name of the environment"),
                            new CommandOption(
                                    "more",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "create: hosts, --copy-from production; rename: the new name; archive: repeat the"
                                            + " name")),
                    List.of(
                            "env create staging web-1=10.0.0.1 --copy-from production",
                            "env rename staging preview",
                            "env archive staging staging")),
            new CommandEntry(
                    "host",
                    "add, remove or tag a host of the inventory file; register, change or unregister any other",
                    Kind.DEED,
                    List.of(
                            word(
                                    "action",
                                    CommandOption.Type.TEXT,
                                    "add, remove, tag, untag, register, change, unregister or registered"),
                            ENVIRONMENT,
                            maybe("host", CommandOption.Type.HOST, "host name"),
                            new CommandOption(
                                    "more",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "the tag; for add group=web ansible_host=10.0.0.9; for register address= tags="
                                            + " key=")),
                    List.of(
                            "host add production web-9 group=web ansible_host=10.0.0.9",
                            "host tag production web-9 canary",
                            "host register production web-9 address=10.0.0.9 user=deploy tags=web,canary")),
            new CommandEntry(
                    "group",
                    "add or rename a group, or remove an empty one",
                    Kind.DEED,
                    List.of(
                            word("action", CommandOption.Type.TEXT, "add, remove or rename"),
                            ENVIRONMENT,
                            word("group", CommandOption.Type.TEXT, "group name"),
                            maybe("name", CommandOption.Type.TEXT, "for rename: the new name")),
                    List.of("group add production canary", "group rename production canary first")),
            new CommandEntry(
                    "playbook",
                    "show, delete or restore a playbook",
                    Kind.STANDING,
                    List.of(
                            word("action", CommandOption.Type.TEXT, "show, delete or restore"),
                            word("playbook", CommandOption.Type.PLAYBOOK, "playbook name"),
                            new CommandOption(
                                    "more",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "delete: repeat the name; restore: the version")),
                    List.of("playbook show deploy", "playbook delete deploy deploy", "playbook restore deploy")),
            entry("playbooks", "list playbooks and their variables", Kind.QUESTION, "playbooks"),
            entry(
                    "subscribe",
                    "show runs in this channel as they happen, or only failures",
                    Kind.CHANNEL,
                    "subscribe production failures",
                    TOPIC),
            entry("unsubscribe", "end a subscription of this channel", Kind.CHANNEL, "unsubscribe production", TOPIC),
            entry(
                    "audit",
                    "show the audit log: actions and refusals",
                    Kind.QUESTION,
                    "audit production since 7d",
                    new CommandOption(
                            "what",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            false,
                            "a person, an environment, #run, refused, since 7d")),
            entry(
                    "secret",
                    "set, list or remove secrets; a form asks for the value",
                    Kind.SECRET,
                    "secret set db_password production",
                    word("action", CommandOption.Type.TEXT, "set, list or remove"),
                    maybe("name", CommandOption.Type.TEXT, "name of the secret"),
                    maybe("env", CommandOption.Type.ENVIRONMENT, "its environment; without one all environments"),
                    dashes("kind", CommandOption.Type.TEXT, "text, ssh_key, git_key or vault_password")),
            entry("whoami", "show your identity and permissions", Kind.QUESTION, "whoami"),
            entry(
                    "link",
                    "link your identity on another platform; enter it on both",
                    Kind.PERSON,
                    "link discord:42",
                    PERSON),
            entry("unlink", "remove an identity link", Kind.PERSON, "unlink discord:42", PERSON),
            entry(
                    "help",
                    "list commands, or explain one",
                    Kind.QUESTION,
                    "help deploy",
                    maybe("command", CommandOption.Type.COMMAND, "command name")));

    private CommandCatalogue() {}

    private static CommandEntry entry(String name, String help, Kind kind, String example, CommandOption... options) {
        return new CommandEntry(name, help, kind, List.of(options), List.of(example));
    }

    private static CommandOption equal(String name, CommandOption.Type type, String help) {
        return new CommandOption(name, type, Written.EQUALS, false, help);
    }

    /** The operations of this catalogue, then the fixed commands. */
    public static List<CommandEntry> of(Catalog catalog) {
        var entries = new ArrayList<CommandEntry>();
        catalog.operations().values().stream()
                .filter(o -> !o.operation().equals(Operation.PLAY))
                .map(o -> operation(o, catalog))
                .forEach(entries::add);
        entries.addAll(FIXED);
        return entries;
    }

    /** Those that are there whatever the catalogue holds. */
    public static List<CommandEntry> fixed() {
        return FIXED;
    }

    public static Optional<CommandEntry> find(Catalog catalog, String name) {
        return of(catalog).stream().filter(e -> e.name().equals(name)).findFirst();
    }

    private static CommandEntry operation(OperationSpec spec, Catalog catalog) {
        var name = spec.operation().value();
        if (spec.operation().equals(Operation.VALIDATE)) {
            return entry(name, "check inventory and playbook syntax", Kind.RUN, "validate production", ENVIRONMENT);
        }
        var playbook = spec.playbook().flatMap(catalog::playbook);
        var variables = Stream.concat(playbook.stream().flatMap(p -> p.variables().stream()), spec.variables().stream())
                .filter(v -> !v.secret())
                .map(CommandCatalogue::variable)
                .toList();
        return new CommandEntry(
                name,
                UntrustedText.line(playbook.map(CommandCatalogue::about).orElse(name), 95),
                Kind.RUN,
                with(Stream.concat(Stream.of(ENVIRONMENT), variables.stream()).toList(), VARIABLES),
                List.of(name + " production --check"));
    }

    private static String about(Playbook playbook) {
        return playbook.description().isBlank() ? playbook.title() : playbook.description();
    }

    private static CommandOption variable(VariableSpec v) {
        var type = v.type() == VariableSpec.Type.VERSION || v.name().equals("version")
                ? CommandOption.Type.VERSION
                : CommandOption.Type.TEXT;
        return new CommandOption(
                v.name(),
                type,
                Written.EQUALS,
                false,
                UntrustedText.line(v.description().isBlank() ? v.name() : v.description(), 95));
    }

    private static List<CommandOption> batch() {
        var first = List.of(
                word("operation", CommandOption.Type.OPERATION, "operation to run in each"),
                word("env", CommandOption.Type.ENVIRONMENTS, "environments in order, comma-separated, or all"),
                dashes("on-failure", CommandOption.Type.TEXT, "stop (default) or continue"));
        return with(first, VARIABLES);
    }

    private static List<CommandOption> with(List<CommandOption> first, CommandOption variables) {
        var all = new ArrayList<>(first);
        all.addAll(RUN_OPTIONS);
        all.add(variables);
        return all;
    }
}
