package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role stands further ahead, where it holds, and nobody waits for ever. */
class PriorityTest {
    private static final String ACCESS = """
          roles:
            firefighter: { permissions: [start], environments: [production], priority: 10 }
            robot: { permissions: [start], priority: -5 }
          bindings:
            - { role: operator, people: [slack:bob, slack:ann] }
            - { role: firefighter, people: [slack:ann] }
            - { role: robot, people: [slack:bot] }
        """;

    @TempDir
    Path home;

    @Test
    void theHighestRoleThatHoldsThereCounts() throws IOException {
        try (var fixture = new CommandFixture(home, ACCESS)) {
            var waiting = fixture.asked("slack:bot", CommandFixture.start("deploy", "staging"));
            assertThat(waiting.request().priority()).isEqualTo(-5);
            fixture.later(Duration.ofMinutes(4));
            var bob = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
            fixture.later(Duration.ofMinutes(2));
            assertThat(fixture.asked("slack:ann", CommandFixture.start("migrate", "staging"))
                            .request()
                            .priority())
                    .isZero();
            var ann = fixture.asked("slack:ann", CommandFixture.start("deploy", "production"));
            assertThat(ann.request().priority()).isEqualTo(10);
            var order = new ArrayList<Long>();
            fixture.journal.read().queue().stream()
                    .filter(r -> r.request().lock().equals("deploy"))
                    .forEach(r -> order.add(r.id().value()));
            assertThat(order)
                    .containsExactly(
                            ann.id().value(), bob.id().value(), waiting.id().value());
            assertThat(fixture.claim("deploy").orElseThrow().id()).isEqualTo(ann.id());
        }
    }
}
