package dev.playcall.chat;

import dev.playcall.chat.Message.Block;
import dev.playcall.chat.Message.Tone;
import dev.playcall.command.Outlook;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.schedule.Plan;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.Times;
import dev.playcall.schedule.Timing;
import dev.playcall.security.Sight;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what runs by itself. */
final class ScheduleTable {
    private static final int SHOWN = 3;

    private final ScheduleStore store;
    private final RunCards cards;
    private final Outlook outlook;

    ScheduleTable(ScheduleStore store, RunCards cards, Outlook outlook) {
        this.store = store;
        this.cards = cards;
        this.outlook = outlook;
    }

    Answer answer(Sight sight) {
        var schedules = seen(sight);
        return schedules.isEmpty()
                ? Answer.told(Message.of(
                        new Block.Title(Tone.PLAIN, "Nothing runs by itself."),
                        new Block.Next(List.of(
                                "schedule add \"30 2 * * *\" update staging", "schedule at 22:00 deploy staging"))))
                : table(schedules, schedules.size() == 1 ? "One schedule" : schedules.size() + " schedules");
    }

    /** Only those that tell a channel how it went. */
    Answer reports(Sight sight) {
        var reports = seen(sight).stream().filter(s -> s.plan().isReport()).toList();
        return reports.isEmpty()
                ? Answer.told(Message.of(
                        new Block.Title(Tone.PLAIN, "No report comes by itself."),
                        new Block.Next(List.of("report daily production at 09:00", "report now"))))
                : table(reports, reports.size() == 1 ? "One report" : reports.size() + " reports");
    }

    private List<Schedule> seen(Sight sight) {
        return store.all().stream()
                .filter(s -> s.next().isPresent() || s.paused().isPresent())
                .filter(s -> sees(sight, s))
                .toList();
    }

    private Answer table(List<Schedule> schedules, String title) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, title));
        var rows = schedules.stream().map(this::row).toList();
        blocks.add(new Block.Table(List.of("Nr", "What", "When", "Next", "Last", "Owner"), rows));
        return Answer.told(new Message(blocks));
    }

    private static boolean sees(Sight sight, Schedule schedule) {
        var environment = schedule.plan().environment();
        if (schedule.plan().isReport() && environment.equals(Plan.ALL)) {
            return true;
        }
        return EnvironmentName.isValid(environment) && sight.sees(new EnvironmentName(environment));
    }

    private List<String> row(Schedule s) {
        var zone = s.timing() instanceof Timing.Repeated(var _, var z) ? z : ZoneId.of("UTC");
        return List.of(
                Long.toString(s.id()),
                ForeignText.line(s.plan().words(), 80) + (s.plan().isReport() ? " in " + s.channel() : ""),
                s.timing().words() + " (" + zone + ")"
                        + (s.missed().most() == 1
                                ? ""
                                : ", missed " + s.missed().word()),
                s.paused().map(this::paused).orElseGet(() -> next(s, zone)),
                s.last()
                        .map(l -> Times.brief(l.time(), zone) + " " + ForeignText.line(l.words(), 60))
                        .orElse("–"),
                cards.name(s.owner()));
    }

    private String paused(Schedule.Paused paused) {
        return "paused by " + cards.name(paused.by())
                + (paused.reason().isEmpty() ? "" : ": " + ForeignText.line(paused.reason(), 80));
    }

    /** Times that fall into a freeze are marked: nothing will be started then. */
    private String next(Schedule s, ZoneId zone) {
        var times = new ArrayList<String>();
        Optional<Instant> at = s.next();
        while (at.isPresent() && times.size() < SHOWN) {
            var frozen = s.plan().isReport()
                    ? Optional.<String>empty()
                    : outlook.frozen(new EnvironmentName(s.plan().environment()), at.get());
            times.add(Times.brief(at.get(), zone)
                    + frozen.map(r -> " (frozen: " + ForeignText.line(r, 40) + ")")
                            .orElse(""));
            at = s.timing().after(at.get());
        }
        return String.join(", ", times);
    }
}
