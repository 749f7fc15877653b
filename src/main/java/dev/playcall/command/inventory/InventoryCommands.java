package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.inventory.EnvironmentRecords;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.ContentCommand.RefreshInventory;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.command.Rights;
import dev.playcall.command.content.ContentCommands.InventorySync;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.secret.SecretService;
import dev.playcall.venv.HostVenvs;
import java.time.Clock;

/**
 * The handlers of what is asked about environments, their hosts and their inventories.
 *
 * @param history the runs, of which a change may void approvals
 * @param edits whether and when files may be changed here
 */
public record InventoryCommands(
        Catalogs catalogs, Rights rights, SecretService secrets, EventStore history, ContentEdits edits, Clock clock) {

    /** @param records what is kept under the name of an environment */
    public FamilyHandler<EnvironmentCommand> environments(
            EnvironmentFiles files, EnvironmentRecords records, ScheduleStore schedules) {
        return new EnvironmentCommandHandler(
                rights,
                edits,
                new EnvironmentFolderEditor(catalogs, files, records, history, schedules, secrets),
                new EnvironmentPolicyEditor(catalogs, files, history));
    }

    /** Hosts that stand in files and those that are registered. */
    public FamilyHandler<HostCommand> hosts(InventoryFiles files, HostRegister register) {
        return new HostCommandHandler(registered(register), writer(files), edits, rights);
    }

    /** Has the variable {@code installed_venvs} of every host say what is installed there. */
    public InventorySync installedVenvs(InventoryFiles files, HostRegister register, HostVenvs venvs) {
        return new InstalledVenvsSync(writer(files), registered(register), edits, venvs);
    }

    public FamilyHandler<RefreshInventory> refresh(InventoryRefresh refresh) {
        return new InventoryRefreshHandler(rights, catalogs, refresh, history, clock);
    }

    private RegisteredHostEditor registered(HostRegister register) {
        return new RegisteredHostEditor(catalogs, rights, register, secrets, clock);
    }

    private InventoryWriter writer(InventoryFiles files) {
        return new InventoryWriter(catalogs, files, secrets, history);
    }
}
