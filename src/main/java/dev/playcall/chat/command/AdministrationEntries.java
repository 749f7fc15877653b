package dev.playcall.chat.command;

import static dev.playcall.chat.command.CommandOption.IN_ENVIRONMENT;
import static dev.playcall.chat.command.CommandOption.Type.COMMAND;
import static dev.playcall.chat.command.CommandOption.Type.ENVIRONMENT;
import static dev.playcall.chat.command.CommandOption.Type.HOST;
import static dev.playcall.chat.command.CommandOption.Type.HOSTS;
import static dev.playcall.chat.command.CommandOption.Type.PLAYBOOK;
import static dev.playcall.chat.command.CommandOption.Type.TEXT;
import static dev.playcall.chat.command.CommandOption.dashes;
import static dev.playcall.chat.command.CommandOption.maybe;
import static dev.playcall.chat.command.CommandOption.maybeRest;
import static dev.playcall.chat.command.CommandOption.word;

import dev.playcall.chat.command.CommandEntry.Kind;
import dev.playcall.chat.command.CommandOption.Written;
import java.util.List;

/** Hosts, playbooks, channels, secrets and people. */
final class AdministrationEntries {
    private static final CommandOption PERSON =
            word("person", TEXT, "as shown by whoami there, for example discord:42");

    private static final CommandOption TOPIC = new CommandOption(
            "what", CommandOption.Type.TOPIC, Written.REST, false, "an environment, an operation, failures or all");

    static final List<CommandEntry> ALL = List.of(
            CommandEntry.of(
                    "hosts",
                    "list hosts and groups",
                    Kind.QUERY,
                    "hosts staging",
                    IN_ENVIRONMENT,
                    dashes("limit", HOSTS, "only these hosts and groups, as a run takes them")),
            new CommandEntry(
                    "env",
                    "list, create, rename, archive or restore environments; show the policy of one",
                    Kind.HOLD,
                    List.of(
                            maybe("action", TEXT, "list, create, rename, archive, restore or policy"),
                            maybe("name", TEXT, "name of the environment"),
                            maybeRest(
                                    "more",
                                    "create: hosts, --copy-from production; rename: the new name; archive: repeat the"
                                            + " name")),
                    List.of(
                            "env create staging web-1=10.0.0.1 --copy-from production",
                            "env rename staging preview",
                            "env archive staging staging")),
            new CommandEntry(
                    "host",
                    "add, remove, tag or set variables of an inventory host; register, change or unregister another",
                    Kind.ACTION,
                    List.of(
                            word(
                                    "action",
                                    TEXT,
                                    "add, remove, tag, untag, set, unset, register, change, unregister or registered"),
                            IN_ENVIRONMENT,
                            maybe("host", HOST, "host name"),
                            maybeRest(
                                    "more",
                                    "the tag; for set key=value; for unset key; for add group=web; for register"
                                            + " address= tags= key=")),
                    List.of(
                            "host add production web-9 group=web ansible_host=10.0.0.9",
                            "host tag production web-9 canary",
                            "host set production web-9 http_port=8080",
                            "host register production web-9 address=10.0.0.9 user=deploy tags=web,canary")),
            new CommandEntry(
                    "group",
                    "add or rename a group, remove an empty one, or set its variables",
                    Kind.ACTION,
                    List.of(
                            word("action", TEXT, "add, remove, rename, set or unset"),
                            IN_ENVIRONMENT,
                            word("group", TEXT, "group name"),
                            maybeRest("more", "for rename: the new name; for set key=value, for unset key")),
                    List.of(
                            "group add production canary",
                            "group rename production canary first",
                            "group set production web http_port=8080")),
            new CommandEntry(
                    "playbook",
                    "show, delete or restore a playbook",
                    Kind.HOLD,
                    List.of(
                            word("action", TEXT, "show, delete or restore"),
                            word("playbook", PLAYBOOK, "playbook name"),
                            maybeRest("more", "delete: repeat the name; restore: the version")),
                    List.of("playbook show deploy", "playbook delete deploy deploy", "playbook restore deploy")),
            CommandEntry.of("playbooks", "list playbooks and their variables", Kind.QUERY, "playbooks"),
            CommandEntry.of(
                    "subscribe",
                    "show runs in this channel as they happen, or only failures",
                    Kind.CHANNEL,
                    "subscribe production failures",
                    TOPIC),
            CommandEntry.of(
                    "unsubscribe", "end a subscription of this channel", Kind.CHANNEL, "unsubscribe production", TOPIC),
            CommandEntry.of(
                    "audit",
                    "show the audit log: actions and refusals",
                    Kind.QUERY,
                    "audit production since 7d",
                    maybeRest("what", "a person, an environment, #run, refused, since 7d")),
            CommandEntry.of(
                    "secret",
                    "set, list or remove secrets, rotate an ssh key; a form asks for the value",
                    Kind.SECRET,
                    "secret set db_password production",
                    word("action", TEXT, "set, list, remove or rotate-key"),
                    maybe("name", TEXT, "name of the secret"),
                    maybe("env", ENVIRONMENT, "its environment; without one all environments"),
                    dashes("kind", TEXT, "text, ssh_key, git_key, vault_password, become_password or ssh_password"),
                    dashes("limit", TEXT, "rotate-key: only these hosts")),
            CommandEntry.of("whoami", "show your identity and permissions", Kind.QUERY, "whoami"),
            CommandEntry.of(
                    "link",
                    "link your identity on another platform; enter it on both",
                    Kind.PERSON,
                    "link discord:42",
                    PERSON),
            CommandEntry.of("unlink", "remove an identity link", Kind.PERSON, "unlink discord:42", PERSON),
            CommandEntry.of(
                    "help",
                    "list commands, or explain one",
                    Kind.QUERY,
                    "help deploy",
                    maybe("command", COMMAND, "command name")));

    private AdministrationEntries() {}
}
