package dev.playcall.chat.command;

import static dev.playcall.chat.command.CommandOption.IN_ENVIRONMENT;
import static dev.playcall.chat.command.CommandOption.RUN_NUMBER;
import static dev.playcall.chat.command.CommandOption.Type.ENVIRONMENTS;
import static dev.playcall.chat.command.CommandOption.Type.FLAG;
import static dev.playcall.chat.command.CommandOption.Type.HOSTS;
import static dev.playcall.chat.command.CommandOption.Type.MODULE;
import static dev.playcall.chat.command.CommandOption.Type.NUMBER;
import static dev.playcall.chat.command.CommandOption.Type.OPERATION;
import static dev.playcall.chat.command.CommandOption.Type.PLAYBOOK;
import static dev.playcall.chat.command.CommandOption.Type.TAGS;
import static dev.playcall.chat.command.CommandOption.Type.TEMPLATE;
import static dev.playcall.chat.command.CommandOption.Type.TEXT;
import static dev.playcall.chat.command.CommandOption.dashes;
import static dev.playcall.chat.command.CommandOption.maybe;
import static dev.playcall.chat.command.CommandOption.word;

import dev.playcall.chat.command.CommandEntry.Kind;
import dev.playcall.chat.command.CommandOption.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Starting runs, and what is done to one that is there. */
final class RunEntries {
    private static final CommandOption REASON = dashes("reason", TEXT, "reason, recorded with the run");

    private static final CommandOption OVERRIDE =
            dashes("override", TEXT, "override a lock or freeze window, with a reason");

    private static final CommandOption YES = dashes("yes", FLAG, "do not ask for confirmation");

    private static final Set<String> OF_PLAYBOOKS = Set.of("tags", "skip-tags", "start-at-task", "template");

    /** What every command that starts a run understands. */
    private static final List<CommandOption> RUN_OPTIONS = List.of(
            dashes("limit", HOSTS, "limit to these hosts and groups, comma-separated"),
            dashes("tags", TAGS, "run only tasks with these tags"),
            dashes("check", FLAG, "check mode: change nothing, report what would change"),
            dashes("diff", FLAG, "show differences of files"),
            dashes("skip-tags", TAGS, "leave out tasks with these tags"),
            dashes("start-at-task", TEXT, "skip the tasks before the one with this name"),
            dashes("verbosity", NUMBER, "more output, 1 to 4; the same as -v to -vvvv"),
            dashes("flush-cache", FLAG, "forget cached facts first"),
            dashes("slices", TEXT, "Ansible processes that divide the hosts: auto, or 1 to 16"),
            REASON,
            OVERRIDE,
            dashes("template", TEMPLATE, "values of the playbook for the variables that are not given"),
            dashes("name", TEXT, "name of the run, shown in lists"),
            dashes("description", TEXT, "what the run is for; the same as --reason"),
            YES);

    private static final CommandOption VARIABLES = new CommandOption(
            "vars", CommandOption.Type.VARIABLES, Written.REST, false, "variables as key=value, separated by spaces");

    static final List<CommandEntry> ALL = List.of(
            new CommandEntry(
                    "play",
                    "run any playbook of the catalogue",
                    Kind.RUN,
                    withOptions(word("playbook", PLAYBOOK, "playbook name"), IN_ENVIRONMENT),
                    List.of("play update staging --check")),
            new CommandEntry(
                    "adhoc",
                    "run one Ansible module without a playbook",
                    Kind.RUN,
                    adhoc(),
                    List.of(
                            "adhoc production service name=nginx state=restarted --limit web --become",
                            "adhoc production command \"systemctl status nginx\"")),
            new CommandEntry(
                    "check",
                    "report what would change; same as --check --diff",
                    Kind.RUN,
                    List.of(
                            word("operation", OPERATION, "operation to check"),
                            IN_ENVIRONMENT,
                            VARIABLES,
                            RUN_OPTIONS.get(0),
                            RUN_OPTIONS.get(1)),
                    List.of("check deploy production version=v1.2.3")),
            new CommandEntry(
                    "batch",
                    "run an operation in several environments, one after the other",
                    Kind.HOLD,
                    withOptions(
                            word("operation", OPERATION, "operation to run in each"),
                            word("env", ENVIRONMENTS, "environments in order, comma-separated, or all"),
                            dashes("on-failure", TEXT, "stop (default) or continue")),
                    List.of("batch deploy staging,production version=v1.2.3 --on-failure stop")),
            new CommandEntry(
                    "rollout",
                    "run an operation on the hosts of an environment in waves, as a deployment",
                    Kind.HOLD,
                    withOptions(
                            word("operation", OPERATION, "operation to roll out"),
                            IN_ENVIRONMENT,
                            dashes("waves", TEXT, "sizes of the waves: 1,10%,50%,rest"),
                            dashes("max-failed", TEXT, "stop when more hosts fail: 10% of those begun, or a number"),
                            dashes("pause", TEXT, "after each wave: none, approve or a duration"),
                            dashes("rollback", TEXT, "operation or playbook that takes back a failed wave")),
                    List.of("rollout deploy production version=v1.2.3 --waves 1,10%,rest --pause approve")),
            CommandEntry.of(
                    "retry",
                    "retry the failed hosts of a run; also retry deployment 3, retry batch 3, retry batch 3 rest",
                    Kind.ACTION,
                    "retry 412",
                    RUN_NUMBER,
                    dashes("limit", HOSTS, "only these of the hosts to retry, comma-separated"),
                    REASON,
                    OVERRIDE,
                    YES,
                    new CommandOption(
                            "vars",
                            CommandOption.Type.VARIABLES,
                            Written.REST,
                            false,
                            "variables that have another value than before, as key=value, separated by spaces")),
            CommandEntry.of(
                    "rerun", "run the same request again", Kind.ACTION, "rerun 412", RUN_NUMBER, REASON, OVERRIDE, YES),
            CommandEntry.of(
                    "cancel",
                    "cancel a run; also cancel queue, cancel deployment 3, cancel batch 3, cancel batch 3 rest",
                    Kind.ACTION,
                    "cancel 412",
                    RUN_NUMBER));

    /** Where no operation is called so. */
    static final CommandEntry ROLLBACK = CommandEntry.of(
            "rollback",
            "take back the waves of a deployment that started",
            Kind.ACTION,
            "rollback deployment 3",
            word("deployment", TEXT, "the word deployment and its number"),
            maybe("with", TEXT, "operation or playbook that does it"),
            REASON,
            OVERRIDE,
            YES);

    private RunEntries() {}

    /** What says something about tasks of a playbook is not among them. */
    private static List<CommandOption> adhoc() {
        var options = new ArrayList<>(List.of(
                IN_ENVIRONMENT,
                word("module", MODULE, "module; adhoc.modules in the configuration names the allowed ones"),
                maybe("command", TEXT, "what command or shell executes, in quotes"),
                dashes("become", FLAG, "as another user, usually root")));
        RUN_OPTIONS.stream().filter(o -> !OF_PLAYBOOKS.contains(o.name())).forEach(options::add);
        options.add(new CommandOption(
                "args",
                CommandOption.Type.VARIABLES,
                Written.REST,
                false,
                "arguments of the module as key=value, separated by spaces"));
        return options;
    }

    /** Whether every command that starts a run has an option of this name; a variable of that name is written {@code key=value}. */
    static boolean isOption(String name) {
        return RUN_OPTIONS.stream().anyMatch(o -> o.name().equals(name));
    }

    /** What a command takes that starts a run: its own, then what each of them understands. */
    static List<CommandOption> withOptions(CommandOption... own) {
        var all = new ArrayList<>(List.of(own));
        all.addAll(RUN_OPTIONS);
        all.add(VARIABLES);
        return all;
    }
}
