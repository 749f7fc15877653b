package dev.playcall.command.run;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Rights;
import dev.playcall.journal.RunJournal;

/**
 * What a chat and the web side need to show runs and to have commands done.
 *
 * @param waitReasons what keeps waiting runs from starting
 */
public record RunServices(
        Catalogs catalogs, RunJournal journal, CommandHandler commands, Rights rights, WaitReasons waitReasons) {}
