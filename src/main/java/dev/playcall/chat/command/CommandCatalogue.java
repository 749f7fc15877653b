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
    private static final CommandOption ENVIRONMENT = word("env", CommandOption.Type.ENVIRONMENT, "where");
    private static final CommandOption PERSON =
            word("person", CommandOption.Type.TEXT, "as whoami says it there, discord:42");
    private static final CommandOption RUN = word("run", CommandOption.Type.RUN, "number of the run");
    private static final CommandOption TOPIC = new CommandOption(
            "what", CommandOption.Type.TOPIC, Written.REST, false, "an environment, an operation, failures or all");

    private static final CommandOption REASON = dashes("reason", CommandOption.Type.TEXT, "why it is done");
    private static final CommandOption OVERRIDE =
            dashes("override", CommandOption.Type.TEXT, "why it is done in spite of a lock or a freeze");

    /** What every command that starts a run understands. */
    private static final List<CommandOption> RUN_OPTIONS = List.of(
            dashes("limit", CommandOption.Type.HOSTS, "only these hosts and groups, with commas between them"),
            dashes("tags", CommandOption.Type.TAGS, "only tasks with these tags"),
            dashes("check", CommandOption.Type.FLAG, "change nothing, say what would change"),
            dashes("diff", CommandOption.Type.FLAG, "show the differences of files"),
            REASON,
            OVERRIDE,
            dashes("yes", CommandOption.Type.FLAG, "do it without being asked again"));

    private static final CommandOption VARIABLES = new CommandOption(
            "vars", CommandOption.Type.VARIABLES, Written.REST, false, "variables, key=value with blanks between them");

    private static final List<CommandEntry> FIXED = List.of(
            new CommandEntry(
                    "play",
                    "run any playbook of the catalogue",
                    Kind.RUN,
                    with(List.of(word("playbook", CommandOption.Type.PLAYBOOK, "which"), ENVIRONMENT), VARIABLES),
                    List.of("play update staging --check")),
            new CommandEntry(
                    "check",
                    "the same as --check --diff: says what would change",
                    Kind.RUN,
                    List.of(
                            word("operation", CommandOption.Type.OPERATION, "what would be done"),
                            ENVIRONMENT,
                            VARIABLES,
                            RUN_OPTIONS.get(0),
                            RUN_OPTIONS.get(1)),
                    List.of("check deploy production version=v1.2.3")),
            new CommandEntry(
                    "batch",
                    "the same in several environments, one after the other; all of them or none is taken",
                    Kind.STANDING,
                    batch(),
                    List.of("batch deploy staging,production version=v1.2.3 --on-failure stop")),
            entry(
                    "retry",
                    "only the hosts that did not end well; retry batch 3: what of it did not",
                    Kind.DEED,
                    "retry 412",
                    RUN,
                    REASON,
                    OVERRIDE),
            entry("rerun", "the same request again", Kind.DEED, "rerun 412", RUN, REASON, OVERRIDE),
            entry(
                    "cancel",
                    "stop a run, waiting or working; cancel queue, cancel batch 3, cancel batch 3 rest",
                    Kind.DEED,
                    "cancel 412",
                    RUN),
            entry(
                    "pause",
                    "let nothing begin: queue, environment or playbook; or hold a run still that works",
                    Kind.STANDING,
                    "pause production database is being moved",
                    word("what", CommandOption.Type.TEXT, "queue, an environment, a playbook or a run"),
                    new CommandOption(
                            "reason",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            false,
                            "why: whoever waits is told; a run needs none")),
            entry(
                    "resume",
                    "let it go on again, what waits and what is new",
                    Kind.STANDING,
                    "resume production",
                    maybe("what", CommandOption.Type.TEXT, "queue, an environment, a playbook or a run")),
            entry(
                    "drain",
                    "take no new runs, for maintenance; what waits and works goes on",
                    Kind.STANDING,
                    "drain the gateway is updated at six",
                    new CommandOption(
                            "reason", CommandOption.Type.TEXT, Written.REST, true, "why: whoever is refused is told")),
            entry("reload", "read the configuration anew; a bad one is refused with its line", Kind.STANDING, "reload"),
            entry(
                    "sync",
                    "take playbooks and inventories from git as they are there now; sync now: also while runs work",
                    Kind.STANDING,
                    "sync",
                    maybe("now", CommandOption.Type.TEXT, "now: also while runs work from these files")),
            entry(
                    "galaxy",
                    "galaxy install: the collections and roles of requirements.yml; galaxy: whether they are there",
                    Kind.STANDING,
                    "galaxy install",
                    maybe("action", CommandOption.Type.TEXT, "install"),
                    dashes(
                            "again",
                            CommandOption.Type.FLAG,
                            "anew, although they are there: a moving branch, lost files")),
            new CommandEntry(
                    "settings",
                    "what may be set while Playcall works, by whom it was; settings set, settings reset",
                    Kind.STANDING,
                    List.of(
                            maybe("action", CommandOption.Type.TEXT, "set or reset; without it the list"),
                            maybe("key", CommandOption.Type.TEXT, "which, as in the list"),
                            new CommandOption(
                                    "value",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "for set: what it is to be")),
                    List.of(
                            "settings",
                            "settings set ansible.max_parallel_runs 8",
                            "settings reset ansible.max_parallel_runs")),
            entry("approve", "agree to exactly what the card of a run shows", Kind.DEED, "approve 412", RUN),
            entry(
                    "reject",
                    "do not agree, which ends the run",
                    Kind.DEED,
                    "reject 412 not before the backup",
                    RUN,
                    new CommandOption("reason", CommandOption.Type.TEXT, Written.REST, false, "why")),
            entry(
                    "lock",
                    "keep everybody else from changing an environment",
                    Kind.DEED,
                    "lock production database restore --for 2h",
                    ENVIRONMENT,
                    new CommandOption(
                            "reason", CommandOption.Type.TEXT, Written.REST, true, "why: whoever is refused is told"),
                    dashes("for", CommandOption.Type.TEXT, "how long: 30m, 2h, 1d; without it until unlocked")),
            entry("unlock", "take a lock away", Kind.DEED, "unlock production", ENVIRONMENT),
            entry("locks", "what is locked and frozen, by whom, why, and how long", Kind.QUESTION, "locks"),
            entry(
                    "schedule",
                    "run something by itself: by cron, or once at a time; list, pause, resume, remove, run",
                    Kind.SCHEDULE,
                    "schedule add \"30 2 * * *\" deploy staging --tz Europe/Berlin",
                    word("action", CommandOption.Type.TEXT, "add, at, list, pause, resume, remove or run"),
                    new CommandOption(
                            "what",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            false,
                            "its number; or \"cron\" or a time, then what to run as usual"),
                    dashes("tz", CommandOption.Type.TEXT, "time zone of the cron line, Europe/Berlin"),
                    dashes("missed", CommandOption.Type.TEXT, "skip, run_once or run_all:5 after an outage"),
                    dashes("jitter", CommandOption.Type.TEXT, "begin up to so much later, 5m")),
            new CommandEntry(
                    "report",
                    "tell a channel daily, weekly or by cron how it went; now, list, pause, resume, remove",
                    Kind.SCHEDULE,
                    List.of(
                            word(
                                    "action",
                                    CommandOption.Type.TEXT,
                                    "daily, weekly, a cron line, now, list, pause, resume or remove"),
                            new CommandOption(
                                    "what",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "environment or all, on mon, at 09:00; or the number of a report"),
                            dashes("tz", CommandOption.Type.TEXT, "time zone, Europe/Berlin"),
                            dashes("missed", CommandOption.Type.TEXT, "skip, run_once or run_all:5 after an outage"),
                            dashes(
                                    "channel",
                                    CommandOption.Type.TEXT,
                                    "where it comes, slack:C0123; here when not said")),
                    List.of("report daily production at 09:00", "report weekly on mon at 08:30", "report now staging")),
            entry("alerts", "what is open now, since when, and who takes care of it", Kind.QUESTION, "alerts"),
            entry(
                    "ack",
                    "you take care of an alert: everybody who was told sees it, and nobody else is called",
                    Kind.DEED,
                    "ack 17",
                    new CommandOption(
                            "alerts", CommandOption.Type.TEXT, Written.REST, true, "numbers of alerts, as in alerts")),
            entry(
                    "resolve",
                    "end an alert that nothing else ends, as when its playbook was deleted; everybody who was told"
                            + " sees it",
                    Kind.DEED,
                    "resolve 17 the playbook was deleted",
                    word("alert", CommandOption.Type.TEXT, "its number, as in alerts"),
                    new CommandOption("reason", CommandOption.Type.TEXT, Written.REST, true, "why")),
            entry(
                    "act",
                    "do what an alert offers",
                    Kind.DEED,
                    "act 5",
                    word("offer", CommandOption.Type.TEXT, "number of the offer, as in alerts")),
            entry(
                    "mute",
                    "tell nobody of something for a time; it is kept, and told when the mute ends if it is still open",
                    Kind.DEED,
                    "mute production --for 2h disks are replaced",
                    new CommandOption(
                            "what",
                            CommandOption.Type.TEXT,
                            Written.REST,
                            true,
                            "environment, operation, alert number or label=value; then why"),
                    dashes("for", CommandOption.Type.TEXT, "how long: 30m, 2h, 1d; two hours when not said")),
            entry(
                    "unmute",
                    "end a mute; what is still open is told at once",
                    Kind.DEED,
                    "unmute 3",
                    word("mute", CommandOption.Type.TEXT, "its number, as in mutes")),
            entry("mutes", "what is muted, by whom, why and how long, and what it hid", Kind.QUESTION, "mutes"),
            entry(
                    "notify",
                    "me 412: be called when it begins and when it has ended; test ops: send a marked message",
                    Kind.DEED,
                    "notify me 412",
                    word("action", CommandOption.Type.TEXT, "me or test"),
                    word("target", CommandOption.Type.TEXT, "number of a run; name of a receiver or a route")),
            entry(
                    "deliveries",
                    "what was told to whom and what came of it",
                    Kind.QUESTION,
                    "deliveries dead",
                    maybe("state", CommandOption.Type.TEXT, "due, sending, done, dead, muted or folded")),
            entry(
                    "delivery",
                    "one message with every attempt",
                    Kind.QUESTION,
                    "delivery 71",
                    word("delivery", CommandOption.Type.TEXT, "its number")),
            entry(
                    "redeliver",
                    "send one message again, or all that are dead",
                    Kind.DEED,
                    "redeliver 71",
                    new CommandOption("what", CommandOption.Type.TEXT, Written.REST, true, "its number, or: all dead")),
            entry(
                    "status",
                    "what is where: reachable, provisioned, deployed",
                    Kind.QUESTION,
                    "status production",
                    maybe("env", CommandOption.Type.ENVIRONMENT, "where")),
            entry(
                    "versions",
                    "which versions ran there, where each is live, and to which one can go back",
                    Kind.QUESTION,
                    "versions production",
                    ENVIRONMENT),
            entry("queue", "what works and what waits", Kind.QUESTION, "queue"),
            entry(
                    "runs",
                    "the history, newest first",
                    Kind.QUESTION,
                    "runs production failed host=web-1 since=7d",
                    maybe("env", CommandOption.Type.ENVIRONMENT, "where"),
                    maybe("state", CommandOption.Type.STATE, "how they ended"),
                    equal("operation", CommandOption.Type.OPERATION, "what was done"),
                    equal("playbook", CommandOption.Type.PLAYBOOK, "which"),
                    equal("host", CommandOption.Type.HOST, "runs that touched it"),
                    equal("by", CommandOption.Type.TEXT, "who asked: a name, slack:U0123, or me"),
                    equal("since", CommandOption.Type.TEXT, "2h, 7d, 2026-01-31 or 2026-01-31T09:30, in UTC"),
                    equal("until", CommandOption.Type.TEXT, "the same"),
                    equal("text", CommandOption.Type.TEXT, "words in names, errors and the log's lines that matter"),
                    equal("before", CommandOption.Type.RUN, "older than this run: the next page")),
            entry("show", "one run; show batch 3", Kind.QUESTION, "show 412", RUN),
            entry(
                    "logs",
                    "the end of a run's log",
                    Kind.QUESTION,
                    "logs 412 --host web-1",
                    RUN,
                    dashes("host", CommandOption.Type.HOST, "only what is about this host"),
                    dashes("tail", CommandOption.Type.NUMBER, "how many lines")),
            entry(
                    "compare",
                    "what is different between two runs: what was asked, playbook, hosts, tasks",
                    Kind.QUESTION,
                    "compare 410 412",
                    RUN,
                    word("other", CommandOption.Type.RUN, "the run to hold against it")),
            entry(
                    "stats",
                    "how it went: success, durations, what fails, who asks, what it costs",
                    Kind.QUESTION,
                    "stats 30d production",
                    maybe("period", CommandOption.Type.TEXT, "today, 7d (when left out), 90d"),
                    maybe("env", CommandOption.Type.ENVIRONMENT, "where")),
            entry(
                    "pin",
                    "keep a run whatever its age",
                    Kind.DEED,
                    "pin 412 evidence for the incident report",
                    RUN,
                    new CommandOption("reason", CommandOption.Type.TEXT, Written.REST, true, "why it has to be kept")),
            entry("unpin", "keep a run no longer than any other", Kind.DEED, "unpin 412", RUN),
            entry("hosts", "hosts and groups", Kind.QUESTION, "hosts staging", ENVIRONMENT),
            new CommandEntry(
                    "host",
                    "add, remove, tag a host in the inventory file; register, change, unregister one that is in no"
                            + " file",
                    Kind.DEED,
                    List.of(
                            word(
                                    "action",
                                    CommandOption.Type.TEXT,
                                    "add, remove, tag, untag, register, change, unregister, registered"),
                            ENVIRONMENT,
                            maybe("host", CommandOption.Type.HOST, "which"),
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
                    "add a group, take an empty one out, or give one another name",
                    Kind.DEED,
                    List.of(
                            word("action", CommandOption.Type.TEXT, "add, remove or rename"),
                            ENVIRONMENT,
                            word("group", CommandOption.Type.TEXT, "which"),
                            maybe("name", CommandOption.Type.TEXT, "for rename: what it is to be called")),
                    List.of("group add production canary", "group rename production canary first")),
            new CommandEntry(
                    "playbook",
                    "show a playbook, take it away, or have the version before it back",
                    Kind.STANDING,
                    List.of(
                            word("action", CommandOption.Type.TEXT, "show, delete or restore"),
                            word("playbook", CommandOption.Type.PLAYBOOK, "which"),
                            new CommandOption(
                                    "more",
                                    CommandOption.Type.TEXT,
                                    Written.REST,
                                    false,
                                    "delete: the name once more; restore: which version")),
                    List.of("playbook show deploy", "playbook delete deploy deploy", "playbook restore deploy")),
            entry("playbooks", "playbooks and their variables", Kind.QUESTION, "playbooks"),
            entry(
                    "subscribe",
                    "show runs here as they happen, or only failures",
                    Kind.CHANNEL,
                    "subscribe production failures",
                    TOPIC),
            entry("unsubscribe", "stop showing them here", Kind.CHANNEL, "unsubscribe production", TOPIC),
            entry(
                    "audit",
                    "who did what, and what was refused",
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
                    "keep a secret (its value is asked for in a form), list them, remove one",
                    Kind.SECRET,
                    "secret set db_password production",
                    word("action", CommandOption.Type.TEXT, "set, list or remove"),
                    maybe("name", CommandOption.Type.TEXT, "of the secret"),
                    maybe("env", CommandOption.Type.ENVIRONMENT, "where it holds, everywhere when left out"),
                    dashes("kind", CommandOption.Type.TEXT, "text, ssh_key, git_key or vault_password")),
            entry("whoami", "who you are here, what you may do and why", Kind.QUESTION, "whoami"),
            entry(
                    "link",
                    "you are this person elsewhere; say it on both sides",
                    Kind.PERSON,
                    "link discord:42",
                    PERSON),
            entry("unlink", "this person is nobody else any more", Kind.PERSON, "unlink discord:42", PERSON),
            entry(
                    "help",
                    "this list, or one command",
                    Kind.QUESTION,
                    "help deploy",
                    maybe("command", CommandOption.Type.COMMAND, "which")));

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
            return entry(
                    name,
                    "inventory parses, playbooks pass the syntax check",
                    Kind.RUN,
                    "validate production",
                    ENVIRONMENT);
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
                word("operation", CommandOption.Type.OPERATION, "what to do in each"),
                word("env", CommandOption.Type.ENVIRONMENTS, "in their order, with commas between them, or all"),
                dashes("on-failure", CommandOption.Type.TEXT, "stop (when not said) or continue"));
        return with(first, VARIABLES);
    }

    private static List<CommandOption> with(List<CommandOption> first, CommandOption variables) {
        var all = new ArrayList<>(first);
        all.addAll(RUN_OPTIONS);
        all.add(variables);
        return all;
    }
}
