package dev.playcall.command.inventory;

import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.security.access.Permission;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes hosts where they are: in the register, or in the inventory file. */
final class HostCommandHandler implements FamilyHandler<HostCommand> {
    private final RegisteredHostEditor registered;
    private final InventoryFileEditor files;
    private final InventoryTextEditor texts;
    private final ContentEdits edits;
    private final Rights rights;

    HostCommandHandler(RegisteredHostEditor registered, InventoryWriter writer, ContentEdits edits, Rights rights) {
        this.registered = registered;
        this.files = new InventoryFileEditor(rights, writer);
        this.texts = new InventoryTextEditor(rights, writer);
        this.edits = edits;
        this.rights = rights;
    }

    @Override
    public Reply handle(HostCommand command, Caller caller) {
        return switch (command) {
            case HostCommand.RegisterHost register -> registered.register(register, caller);
            case HostCommand.RegisterHosts all -> registered.registerAll(all, caller);
            case HostCommand.UnregisterHost unregister -> registered.unregister(unregister, caller);
            case HostCommand.EditHosts edit ->
                registered.isRegistered(edit)
                        ? registered.edit(edit, caller)
                        : editing(caller, () -> files.handle(edit, caller));
            case HostCommand.WriteInventoryFile write -> editing(caller, () -> texts.write(write, caller));
            case HostCommand.RestoreInventoryFile restore -> editing(caller, () -> texts.restore(restore, caller));
        };
    }

    private Reply editing(Caller caller, Supplier<Reply> change) {
        return rights.anywhere(caller, Permission.ADMIN)
                .<Reply>map(d -> d)
                .or(() -> edits.refusal().map(why -> new Reply.Invalid("environment", why, Optional.empty())))
                .orElseGet(() -> edits.lock().edit(change));
    }
}
