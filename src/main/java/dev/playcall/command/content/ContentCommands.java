package dev.playcall.command.content;

import dev.playcall.background.BackgroundService;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.SettingsCommand;
import dev.playcall.content.ContentException;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.git.Checkouts;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.StartGuard;
import dev.playcall.security.secret.SecretService;
import dev.playcall.venv.HostVenvs;
import dev.playcall.venv.Venvs;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The handlers of what is asked about playbooks, their sources, Python environments and settings. */
public record ContentCommands(Catalogs catalogs, Rights rights, RunJournal journal) {

    /** Whoever has the settings. */
    public interface Adjusting {
        Reply list();

        Reply set(String key, String value, Person by);

        Reply reset(String key);
    }

    /** Has the inventories follow what is installed on hosts. */
    public interface InventorySync {
        /** @param check whether it is only said what differs */
        Reply sync(boolean check, Caller caller) throws ContentException;
    }

    /**
     * Of Python environments on hosts, as they are now.
     *
     * @param program how long each program of an installation may take
     * @param keep for how long what no playbook needs is kept
     */
    public record VenvLimits(Duration program, Duration keep) {}

    /**
     * Python environments on hosts.
     *
     * @param start starts a run for those who were asked already whether they may
     */
    public record VenvsOnHosts(BiFunction<RunRequest, Caller, Reply> start, Supplier<VenvLimits> limits, Clock clock) {}

    /**
     * Takes in what the remotes have.
     *
     * @param commands for those who may
     * @param bySchedule for nobody but the gateway itself; waits for the runs that work
     */
    public record Sync(FamilyHandler<ContentCommand.Sync> commands, Supplier<Reply> bySchedule) {}

    public FamilyHandler<PlaybookCommand> playbooks(PlaybookFiles files, SecretService secrets, ContentEdits edits) {
        return new PlaybookCommandHandler(rights, catalogs, journal, files, secrets, edits);
    }

    /** @param startGuard says of which waiting run it is not what people agreed to any more */
    public Sync sync(Checkouts checkouts, StartGuard startGuard) {
        var handler = new SyncCommandHandler(rights, catalogs, journal, checkouts, startGuard);
        return new Sync(handler, () -> handler.pull(false));
    }

    public FamilyHandler<ContentCommand.InstallGalaxy> galaxy(Galaxy galaxy) {
        return new GalaxyCommandHandler(rights, galaxy);
    }

    public FamilyHandler<VenvCommand> venvs(
            Venvs venvs, Galaxy galaxy, InventorySync inventories, VenvsOnHosts onHosts) {
        return new VenvCommandHandler(
                rights,
                catalogs,
                venvs,
                galaxy,
                journal.read(),
                inventories,
                new HostVenvCommands(catalogs, venvs.hosts(), onHosts));
    }

    /** Writes down which environments a host has when a run has made one there, or has removed some. */
    public static BackgroundService hostVenvs(RunJournal journal, HostVenvs hosts) {
        return new HostVenvKeeper(journal, hosts);
    }

    /** @param reload reads the configuration anew */
    public FamilyHandler<SettingsCommand> settings(Adjusting settings, Supplier<Reply> reload) {
        return new SettingsCommandHandler(rights, settings, reload);
    }
}
