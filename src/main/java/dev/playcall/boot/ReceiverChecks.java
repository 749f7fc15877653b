package dev.playcall.boot;

import dev.playcall.ansible.Programs;
import dev.playcall.chat.Finding;
import dev.playcall.config.Notify;
import dev.playcall.config.Receiver.Way;
import dev.playcall.notify.mail.MailSink;
import dev.playcall.notify.wording.Wording;
import java.util.List;
import java.util.Optional;

/** What can be found out about receivers without telling them anything. */
final class ReceiverChecks {
    private ReceiverChecks() {}

    static List<Finding> of(Notify notify, Programs programs) {
        return notify.receivers().entrySet().stream()
                .flatMap(r -> check(r.getKey(), r.getValue().way(), programs).stream())
                .toList();
    }

    private static Optional<Finding> check(String name, Way way, Programs programs) {
        return switch (way) {
            case Way.Mail(var server, var from, var to) ->
                Optional.of(new MailSink(server, from, to, Wording.USUAL)
                        .check()
                        .map(why -> new Finding(Finding.Level.WARNING, "receiver " + name + ": " + why))
                        .orElse(new Finding(Finding.Level.OK, "receiver " + name + ": its mail server takes mails")));
            case Way.Apprise _
            when programs.find("apprise").isEmpty() ->
                Optional.of(new Finding(
                        Finding.Level.ERROR,
                        "receiver " + name
                                + ": apprise is not installed (apt-get install apprise, or pipx install apprise)"));
            case Way.Webhook(var url, var keys, var _)
            when keys.isEmpty() && url.getScheme().equals("http") ->
                Optional.of(new Finding(
                        Finding.Level.WARNING,
                        "receiver " + name + ": neither https nor a secret; anybody between could read and change it"));
            default -> Optional.empty();
        };
    }
}
