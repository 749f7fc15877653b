package dev.playcall.chat.query;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.message.LogReader;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.schedule.ScheduleStore;

/** What questions in a chat are answered from. */
public record QuerySources(
        Catalogs catalogs, RunJournal journal, LogReader logs, ScheduleStore schedules, Alerts alerts) {}
