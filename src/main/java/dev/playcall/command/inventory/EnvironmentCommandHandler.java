package dev.playcall.command.inventory;

import dev.playcall.command.Caller;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.io.IOException;
import java.util.Optional;

/** Makes, renames and archives environments and changes their policies, for those who may administer everything. */
final class EnvironmentCommandHandler implements FamilyHandler<EnvironmentCommand> {
    private final Rights rights;
    private final ContentEdits edits;
    private final EnvironmentFolderEditor folders;
    private final EnvironmentPolicyEditor policies;

    EnvironmentCommandHandler(
            Rights rights, ContentEdits edits, EnvironmentFolderEditor folders, EnvironmentPolicyEditor policies) {
        this.rights = rights;
        this.edits = edits;
        this.folders = folders;
        this.policies = policies;
    }

    @Override
    public Reply handle(EnvironmentCommand command, Caller caller) {
        return rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .or(() -> edits.refusal().map(why -> new Reply.Invalid("environment", why, Optional.empty())))
                .orElseGet(() -> edits.lock().edit(() -> change(command)));
    }

    /** One at a time: between what was looked at and what is written nobody else may write. */
    private synchronized Reply change(EnvironmentCommand command) {
        try {
            return switch (command) {
                case EnvironmentCommand.CreateEnvironment create -> folders.create(create);
                case EnvironmentCommand.RenameEnvironment rename -> folders.rename(rename);
                case EnvironmentCommand.ArchiveEnvironment archive -> folders.archive(archive);
                case EnvironmentCommand.RestoreEnvironment restore -> folders.restore(restore);
                case EnvironmentCommand.WritePolicy write -> policies.write(write);
            };
        } catch (IOException e) {
            return new Reply.Unavailable("inventory/" + command.name() + " cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
