package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.Origin;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEventTextTest {
    private static final Person ANNA = new Person("slack:U0ANNA");

    @TempDir
    Path folder;

    @Test
    void whatIsSentOfARunCallsPeopleAndSchedulesByTheirNames() {
        var clock = new ManualClock(NotifyFixture.T);
        var sent = new CopyOnWriteArrayList<String>();
        var route =
                new Route("route", List.of(), List.of("ops"), false, List.of("run"), NotifyFixture.QUICK, List.of());
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
                var engine = new NotificationEngine(
                        database.notices(),
                        database.alerts(),
                        database.events(),
                        () -> NotificationRules.of(Optional.of(route)),
                        () -> Map.of("ops", n -> {
                            sent.add(DefaultTemplate.headline(n.content()) + "\n"
                                    + DefaultTemplate.body(n.content(), 10_000));
                            return new Sink.Result.Delivered("ref");
                        }),
                        new NotificationEngine.Texts(t -> t, "", p -> p.equals(ANNA) ? "Anna" : p.name()),
                        new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(7)))) {
            var asked = new RunEvent.Requested(Runs.request("deploy"), new Person("schedule:2"), Origin.of("test:ops"));
            database.events().create(asked, clock.instant());
            var run = database.events().claim("deploy", 9, "n", (_, _) -> "log", clock);
            assertThat(run).isPresent();
            var id = run.get().run().id();
            database.events().append(id, new RunEvent.CancelRequested(ANNA), clock.instant());
            database.events()
                    .append(
                            id,
                            new RunEvent.Finished(new dev.playcall.domain.Outcome.Cancelled(ANNA)),
                            clock.instant());
            await().until(() -> {
                engine.tick();
                return String.join("\n", sent).contains("cancelled by Anna");
            });
            assertThat(String.join("\n", sent))
                    .contains("was requested by schedule 2")
                    .doesNotContain("schedule:", "U0ANNA");
        }
    }
}
