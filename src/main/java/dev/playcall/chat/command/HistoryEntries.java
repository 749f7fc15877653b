package dev.playcall.chat.command;

import static dev.playcall.chat.command.CommandOption.IN_ENVIRONMENT;
import static dev.playcall.chat.command.CommandOption.RUN_NUMBER;
import static dev.playcall.chat.command.CommandOption.Type.ENVIRONMENT;
import static dev.playcall.chat.command.CommandOption.Type.HOST;
import static dev.playcall.chat.command.CommandOption.Type.NUMBER;
import static dev.playcall.chat.command.CommandOption.Type.OPERATION;
import static dev.playcall.chat.command.CommandOption.Type.PLAYBOOK;
import static dev.playcall.chat.command.CommandOption.Type.RUN;
import static dev.playcall.chat.command.CommandOption.Type.STATE;
import static dev.playcall.chat.command.CommandOption.Type.TEXT;
import static dev.playcall.chat.command.CommandOption.dashes;
import static dev.playcall.chat.command.CommandOption.equal;
import static dev.playcall.chat.command.CommandOption.maybe;
import static dev.playcall.chat.command.CommandOption.rest;
import static dev.playcall.chat.command.CommandOption.word;

import dev.playcall.chat.command.CommandEntry.Kind;
import java.util.List;

/** What is, and what was. */
final class HistoryEntries {

    static final List<CommandEntry> ALL = List.of(
            CommandEntry.of(
                    "status",
                    "show server status: reachable, provisioned, deployed",
                    Kind.QUERY,
                    "status production",
                    maybe("env", ENVIRONMENT, "environment")),
            CommandEntry.of(
                    "versions",
                    "list deployed versions and rollback targets",
                    Kind.QUERY,
                    "versions production",
                    IN_ENVIRONMENT),
            CommandEntry.of("queue", "list running and queued runs", Kind.QUERY, "queue"),
            CommandEntry.of(
                    "runs",
                    "list runs, newest first",
                    Kind.QUERY,
                    "runs production failed host=web-1 since=7d",
                    maybe("env", ENVIRONMENT, "environment"),
                    maybe("state", STATE, "status"),
                    equal("operation", OPERATION, "operation name"),
                    equal("playbook", PLAYBOOK, "playbook name"),
                    equal("type", TEXT, "playbook, adhoc or validate"),
                    equal("host", HOST, "runs on this host"),
                    equal("by", TEXT, "requested by: a name, slack:U0123, or me"),
                    equal("since", TEXT, "from: 2h, 7d, 2026-01-31 or 2026-01-31T09:30, in UTC"),
                    equal("until", TEXT, "to: same formats as since"),
                    equal("text", TEXT, "full-text search in names, errors and log lines"),
                    equal("before", RUN, "before this run: the next page")),
            CommandEntry.of(
                    "show", "show a run; also show deployment 3, show batch 3", Kind.QUERY, "show 412", RUN_NUMBER),
            CommandEntry.of(
                    "deployments",
                    "list deployments, newest first",
                    Kind.QUERY,
                    "deployments failed",
                    maybe("status", TEXT, "pending, running, paused, completed, failed or cancelled"),
                    maybe("search", TEXT, "part of the name or description")),
            CommandEntry.of(
                    "logs",
                    "show the end of a run's log",
                    Kind.QUERY,
                    "logs 412 --host web-1",
                    RUN_NUMBER,
                    dashes("host", HOST, "only lines of this host"),
                    dashes("tail", NUMBER, "number of lines")),
            CommandEntry.of(
                    "compare",
                    "compare two runs: parameters, playbook, hosts, tasks",
                    Kind.QUERY,
                    "compare 410 412",
                    RUN_NUMBER,
                    word("other", RUN, "the other run")),
            CommandEntry.of(
                    "stats",
                    "show success rate, durations, top failures, top requesters and cost",
                    Kind.QUERY,
                    "stats 30d production",
                    maybe("period", TEXT, "today, 7d (default), 90d"),
                    maybe("env", ENVIRONMENT, "environment")),
            CommandEntry.of(
                    "pin",
                    "exempt a run from retention",
                    Kind.ACTION,
                    "pin 412 evidence for the incident report",
                    RUN_NUMBER,
                    rest("reason", "reason for keeping it")),
            CommandEntry.of("unpin", "make a run subject to retention again", Kind.ACTION, "unpin 412", RUN_NUMBER));

    private HistoryEntries() {}
}
