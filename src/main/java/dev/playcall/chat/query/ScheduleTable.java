package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows what runs by itself. */
final class ScheduleTable {
    private static final int SHOWN = 3;

    private final ScheduleStore store;
    private final RunCards cards;
    private final WaitReasons waitReasons;

    ScheduleTable(ScheduleStore store, RunCards cards, WaitReasons waitReasons) {
        this.store = store;
        this.cards = cards;
        this.waitReasons = waitReasons;
    }

    Answer answer(VisibleEnvironments visible, Catalog catalog) {
        var schedules = seen(visible);
        return schedules.isEmpty()
                ? Answer.of(Message.of(
                        new Block.Title(Tone.PLAIN, "No schedules."),
                        new Block.Next(CommandCatalogue.example(catalog).stream()
                                .flatMap(e -> Stream.of("schedule add \"30 2 * * *\" " + e, "schedule at 22:00 " + e))
                                .toList())))
                : table(schedules, schedules.size() == 1 ? "1 schedule" : schedules.size() + " schedules");
    }

    /** Only those that tell a channel how it went. */
    Answer reports(VisibleEnvironments visible, Catalog catalog) {
        var reports = seen(visible).stream().filter(s -> s.plan().isReport()).toList();
        return reports.isEmpty()
                ? Answer.of(Message.of(
                        new Block.Title(Tone.PLAIN, "No scheduled reports."),
                        new Block.Next(Stream.concat(
                                        catalog.environments().keySet().stream()
                                                .limit(1)
                                                .map(e -> "report daily " + e + " at 09:00"),
                                        Stream.of("report now"))
                                .toList())))
                : table(reports, reports.size() == 1 ? "1 report" : reports.size() + " reports");
    }

    private List<Schedule> seen(VisibleEnvironments visible) {
        return store.all().stream()
                .filter(Schedule::isActive)
                .filter(s -> sees(visible, s))
                .toList();
    }

    private Answer table(List<Schedule> schedules, String title) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, title));
        var rows = schedules.stream().map(this::row).toList();
        blocks.add(new Block.Table(List.of("ID", "Runs", "Schedule", "Next run", "Last run", "Owner"), rows));
        return Answer.of(new Message(blocks));
    }

    private static boolean sees(VisibleEnvironments visible, Schedule schedule) {
        var environment = schedule.plan().environment();
        if (schedule.plan().isReport() && environment.equals(SchedulePlan.ALL)) {
            return true;
        }
        return EnvironmentName.isValid(environment) && visible.sees(new EnvironmentName(environment));
    }

    private List<String> row(Schedule s) {
        var zone = s.timing() instanceof ScheduleTiming.Repeated(var _, var z) ? z : ZoneId.of("UTC");
        return List.of(
                Long.toString(s.id()),
                UntrustedText.line(s.plan().words(), 80)
                        + (s.name().isEmpty() ? "" : " · " + UntrustedText.line(s.name(), 40))
                        + (s.plan().isReport() && s.plan().receiver().isEmpty() ? " in " + s.channel() : ""),
                s.timing().words() + " (" + zone + ")"
                        + (s.missed().most() == 1
                                ? ""
                                : ", missed runs " + s.missed().inWords()),
                s.paused().map(this::paused).orElseGet(() -> next(s, zone)),
                s.last()
                        .map(l -> TextFormat.weekdayOnly(l.time(), zone) + " " + UntrustedText.line(l.words(), 60))
                        .orElse("–"),
                cards.name(s.owner()));
    }

    private String paused(Schedule.Paused paused) {
        return "paused by " + cards.name(paused.by())
                + (paused.reason().isEmpty() ? "" : ": " + UntrustedText.line(paused.reason(), 80));
    }

    /** Times that fall into a freeze are marked: nothing will be started then. */
    private String next(Schedule s, ZoneId zone) {
        var times = new ArrayList<String>();
        Optional<Instant> at = s.next();
        while (at.isPresent() && times.size() < SHOWN) {
            var frozen = s.plan().isReport()
                    ? Optional.<String>empty()
                    : waitReasons.frozen(new EnvironmentName(s.plan().environment()), at.get());
            times.add(TextFormat.weekdayOnly(at.get(), zone)
                    + frozen.map(r -> " (frozen: " + UntrustedText.line(r, 40) + ")")
                            .orElse(""));
            at = s.timing().after(at.get());
        }
        return String.join(", ", times);
    }
}
