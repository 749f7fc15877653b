package dev.playcall.command.access;

import dev.playcall.background.BackgroundService;
import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.IdentityCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.SecretCommand;
import dev.playcall.content.SshKeygen;
import dev.playcall.domain.RunRequest;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.SecretService;
import java.util.function.BiFunction;

/** The handlers of what is asked about secrets and identities. */
public record AccessCommands(Catalogs catalogs, Rights rights, SecretService vault) {

    /** @param rotation starts the run that gives hosts another ssh key, for those who may */
    public FamilyHandler<SecretCommand> secrets(BiFunction<SecretCommand.RotateKey, Caller, Reply> rotation) {
        return new SecretCommandHandler(catalogs, rights, vault, rotation);
    }

    /** @param start starts a run for those who were asked already whether they may */
    public BiFunction<SecretCommand.RotateKey, Caller, Reply> rotation(
            SshKeygen keygen, BiFunction<RunRequest, Caller, Reply> start) {
        return new KeyRotationStarter(catalogs, vault, keygen, start);
    }

    public FamilyHandler<IdentityCommand> identities() {
        return new IdentityCommandHandler(rights);
    }

    /** Keeps the new key of a rotation in place of the present one when its run has given it to every host. */
    public static BackgroundService keyRotations(RunJournal journal, SecretService vault) {
        return new KeyRotationKeeper(journal, vault);
    }
}
