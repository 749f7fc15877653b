package dev.playcall.web.start;

import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.web.pages.ScheduleRow.Next;
import dev.playcall.web.schedules.ScheduleRows;
import dev.playcall.web.start.StartView.When;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When something is to run: what was written, what it means in words, and the next times with the freezes they fall into. */
record ScheduleFields(
        StartForm form, Optional<EnvironmentName> environment, WaitReasons outlook, ZoneId usual, Instant now) {
    private static final int SHOWN = 5;

    When view() {
        var zone = zone();
        if (form.cron().isEmpty()) {
            return view("", List.of(), "");
        }
        if (zone == null) {
            return view("", List.of(), "\"" + form.zone() + "\" is not a time zone; Europe/Berlin is one");
        }
        var wrong = ScheduleTiming.wrong(form.cron(), zone, now);
        if (wrong.isPresent()) {
            return view("", List.of(), wrong.get());
        }
        var timing = new ScheduleTiming.Repeated(form.cron(), zone);
        var times = timing.next(now, SHOWN).stream().map(t -> next(t, zone)).toList();
        return view(timing.words(), times, "");
    }

    private Next next(Instant at, ZoneId zone) {
        return ScheduleRows.next(
                at, zone, now, environment.flatMap(e -> outlook.frozen(e, at)).orElse(""));
    }

    private @org.jspecify.annotations.Nullable ZoneId zone() {
        try {
            return form.zone().isEmpty() ? usual : ZoneId.of(form.zone());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private When view(String words, List<Next> times, String wrong) {
        return new When(
                form.isLater() ? form.when() : "now",
                form.at(),
                form.cron(),
                form.zone().isEmpty() ? usual.getId() : form.zone(),
                form.missed(),
                form.jitter(),
                words,
                times,
                wrong);
    }
}
