package dev.playcall.command.inventory;

import dev.playcall.command.Reply;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What keeps an environment from being renamed or put away; empty when nothing does. */
record EnvironmentUses(EventStore history, ScheduleStore schedules) {
    private static final int NAMED = 5;

    Optional<Reply> any(EnvironmentName name) {
        return running(name).or(() -> scheduled(name));
    }

    private Optional<Reply> running(EnvironmentName name) {
        var runs = Stream.concat(history.running().stream(), history.queue().stream())
                .filter(r -> r.request().environment().equals(name))
                .toList();
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reply.Conflict(named(runs, r -> r.id().toString())
                        + (runs.size() == 1 ? " has" : " have") + " not ended in " + name
                        + "; wait until then, or cancel"));
    }

    private Optional<Reply> scheduled(EnvironmentName name) {
        var found = schedules.all().stream()
                .filter(s -> s.plan().environment().equals(name.value()))
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reply.Conflict((found.size() == 1 ? "schedule " : "schedules ")
                        + named(found, (Schedule s) -> Long.toString(s.id())) + (found.size() == 1 ? " uses " : " use ")
                        + name + "; remove or change " + (found.size() == 1 ? "it" : "them") + " first"));
    }

    private static <T> String named(List<T> all, Function<T, String> name) {
        return TextFormat.list(all, NAMED, name);
    }
}
