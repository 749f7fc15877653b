package dev.playcall.command.alert;

import dev.playcall.command.AlertCommand.ReceiverCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.List;

/** Shows receivers and routes to those who may read the audit log, and changes them for administrators. */
final class ReceiverCommandHandler implements FamilyHandler<ReceiverCommand> {
    private final Rights rights;
    private final ReceiverSettings settings;

    ReceiverCommandHandler(Rights rights, ReceiverSettings settings) {
        this.rights = rights;
        this.settings = settings;
    }

    @Override
    public Reply handle(ReceiverCommand command, Caller caller) {
        return rights.refusal(caller, permission(command), Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(() -> switch (command) {
                    case ReceiverCommand.ShowReceivers() -> receivers();
                    case ReceiverCommand.ShowRoutes() -> routes();
                    case ReceiverCommand.PutReceiver(var name, var fields) ->
                        settings.put(name, fields, caller.person());
                    case ReceiverCommand.RemoveReceiver(var name) -> settings.remove(name);
                    case ReceiverCommand.AddRoute(var fields) -> settings.addRoute(fields, caller.person());
                    case ReceiverCommand.RemoveRoute(var id) -> settings.removeRoute(id);
                });
    }

    private static Permission permission(ReceiverCommand command) {
        return switch (command) {
            case ReceiverCommand.ShowReceivers _, ReceiverCommand.ShowRoutes _ -> Permission.AUDIT;
            case ReceiverCommand.PutReceiver _,
                    ReceiverCommand.RemoveReceiver _,
                    ReceiverCommand.AddRoute _,
                    ReceiverCommand.RemoveRoute _ -> Permission.ADMIN;
        };
    }

    private Reply receivers() {
        var rows = settings.receivers().stream()
                .map(r -> List.of(r.name(), r.kind(), r.target(), source(r.source()), String.join(", ", r.routes())))
                .toList();
        return new Reply.Listed(
                TextFormat.count(rows.size(), "receiver"),
                List.of("Receiver", "Kind", "Target", "Source", "Routes"),
                rows,
                settings.misfits());
    }

    private Reply routes() {
        var rows = settings.routes().stream()
                .map(r -> List.of(
                        "  ".repeat(r.depth()) + r.name(),
                        r.match().isEmpty() ? "everything" : String.join(", ", r.match()),
                        String.join(", ", r.receivers()),
                        r.goOn() ? "yes" : "no",
                        source(r.source())))
                .toList();
        return new Reply.Listed(
                TextFormat.count(rows.size(), "route"),
                List.of("Route", "Match", "Receivers", "Continue", "Source"),
                rows,
                settings.misfits());
    }

    private static String source(ReceiverSettings.Source source) {
        return source.word()
                + source.by().map(b -> ", " + b).orElse("")
                + source.at().map(a -> ", " + TextFormat.minute(a)).orElse("");
    }
}
