package dev.playcall.chat.command;

import static dev.playcall.chat.command.CommandOption.Type.TEXT;
import static dev.playcall.chat.command.CommandOption.dashes;
import static dev.playcall.chat.command.CommandOption.maybe;
import static dev.playcall.chat.command.CommandOption.rest;
import static dev.playcall.chat.command.CommandOption.word;

import dev.playcall.chat.command.CommandEntry.Kind;
import java.util.List;

/** Alerts, mutes and what was sent. */
final class NotificationEntries {

    static final List<CommandEntry> ALL = List.of(
            CommandEntry.of("alerts", "list open alerts", Kind.QUERY, "alerts"),
            CommandEntry.of(
                    "ack",
                    "acknowledge an alert; everyone notified sees it, and it is not escalated further",
                    Kind.ACTION,
                    "ack 17",
                    rest("alerts", "alert numbers, as shown by alerts")),
            CommandEntry.of(
                    "resolve",
                    "resolve an alert by hand; for one that nothing else resolves",
                    Kind.ACTION,
                    "resolve 17 the playbook was deleted",
                    word("alert", TEXT, "alert number, as shown by alerts"),
                    rest("reason", "reason")),
            CommandEntry.of(
                    "act",
                    "run an action that an alert offers",
                    Kind.ACTION,
                    "act 5",
                    word("offer", TEXT, "action number, as shown by alerts")),
            CommandEntry.of(
                    "mute",
                    "mute notifications for a time; alerts still open when the mute ends are sent then",
                    Kind.ACTION,
                    "mute production --for 2h disks are replaced",
                    rest("what", "environment, operation, alert number or label=value; then the reason"),
                    dashes("for", TEXT, "duration: 30m, 2h, 1d; default 2h")),
            CommandEntry.of(
                    "unmute",
                    "end a mute; alerts still open are sent immediately",
                    Kind.ACTION,
                    "unmute 3",
                    word("mute", TEXT, "mute number, as shown by mutes")),
            CommandEntry.of("mutes", "list mutes", Kind.QUERY, "mutes"),
            CommandEntry.of(
                    "notify",
                    "notify you of a run, test a receiver; list, add and remove receivers and routes",
                    Kind.ACTION,
                    "notify me 412",
                    word("action", TEXT, "me, test, receivers, routes, add or remove"),
                    rest(
                            "target",
                            "run number, receiver or route; receiver ops slack C0123; route ops severity>=error")),
            CommandEntry.of(
                    "deliveries",
                    "list notification deliveries",
                    Kind.QUERY,
                    "deliveries dead",
                    maybe("state", TEXT, "due, sending, done, dead, muted or folded")),
            CommandEntry.of(
                    "delivery",
                    "show a delivery with every attempt",
                    Kind.QUERY,
                    "delivery 71",
                    word("delivery", TEXT, "delivery number")),
            CommandEntry.of(
                    "redeliver",
                    "redeliver one failed delivery, or all of them",
                    Kind.ACTION,
                    "redeliver 71",
                    rest("what", "delivery number, or: all dead")));

    private NotificationEntries() {}
}
