package dev.playcall.doctor;

import dev.playcall.ansible.ProgramPaths;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.notify.mail.MailSink;
import dev.playcall.notify.template.NotificationTemplates;
import java.util.List;
import java.util.Optional;

/** What can be found out about receivers without telling them anything. */
final class ReceiverChecks {
    private ReceiverChecks() {}

    public static List<PlatformFinding> of(NotifyConfig notifyConfig, ProgramPaths programPaths) {
        return notifyConfig.receivers().entrySet().stream()
                .flatMap(r -> check(r.getKey(), r.getValue().transport(), programPaths).stream())
                .toList();
    }

    private static Optional<PlatformFinding> check(String name, Transport way, ProgramPaths programPaths) {
        return switch (way) {
            case Transport.Mail(var server, var from, var to) ->
                Optional.of(new MailSink(server, from, to, NotificationTemplates.USUAL)
                        .check()
                        .map(why -> new PlatformFinding(PlatformFinding.Level.WARNING, "receiver " + name + ": " + why))
                        .orElse(new PlatformFinding(
                                PlatformFinding.Level.OK, "receiver " + name + ": mail server accepts mail")));
            case Transport.Apprise _
            when programPaths.find("apprise").isEmpty() ->
                Optional.of(new PlatformFinding(
                        PlatformFinding.Level.ERROR,
                        "receiver " + name
                                + ": apprise is not installed (apt-get install apprise, or pipx install apprise)"));
            case Transport.Webhook(var url, var keys, var _)
            when keys.isEmpty() && url.getScheme().equals("http") ->
                Optional.of(new PlatformFinding(
                        PlatformFinding.Level.WARNING,
                        "receiver " + name
                                + ": neither https nor a secret; anyone on the network path could read and change it"));
            case Transport.Chat _,
                    Transport.Webhook _,
                    Transport.ChatWebhook _,
                    Transport.Ntfy _,
                    Transport.Apprise _,
                    Transport.AppriseApi _ -> Optional.empty();
        };
    }
}
