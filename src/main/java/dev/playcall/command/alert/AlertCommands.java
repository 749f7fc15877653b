package dev.playcall.command.alert;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.AlertCommand.ReceiverCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Rights;
import dev.playcall.command.StartCommand;
import dev.playcall.notify.alert.Alerts;

/** The handlers of what is asked about alerts and their receivers. */
public record AlertCommands(Catalogs catalogs, Rights rights) {

    /** @param starts starts the actions that alerts offer */
    public FamilyHandler<AlertCommand> alerts(
            Alerts alerts, FamilyHandler<StartCommand> starts, FamilyHandler<ReceiverCommand> receivers) {
        return new AlertCommandHandler(starts, alerts, rights, catalogs, receivers);
    }

    public FamilyHandler<ReceiverCommand> receivers(ReceiverSettings settings) {
        return new ReceiverCommandHandler(rights, settings);
    }
}
