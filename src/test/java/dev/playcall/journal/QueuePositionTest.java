package dev.playcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.testing.Runs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueuePositionTest {
    private static final Instant T = Instant.parse("2026-11-30T08:00:00Z");

    private static Run queued(long id, String operation) {
        return Run.of(new RunId(id), Runs.asked(operation), T);
    }

    @Test
    void theFirstOfEachLockIsNextAndKnowsWhoHoldsIt() {
        var holder = queued(1, "deploy")
                .after(new RunEvent.Started("gateway", "log"), T)
                .orElseThrow();
        var positions =
                QueuePosition.of(List.of(queued(2, "deploy"), queued(3, "ping"), queued(4, "deploy")), List.of(holder));

        assertThat(positions.get(new RunId(2)).label(false)).isEqualTo("Next");
        assertThat(positions.get(new RunId(2)).holder()).contains(holder);
        assertThat(positions.get(new RunId(3)).label(false)).isEqualTo("Next");
        assertThat(positions.get(new RunId(3)).holder()).isEmpty();
        assertThat(positions.get(new RunId(4)).label(false)).isEqualTo("Position 2");
    }

    @Test
    void theFirstIsNotCalledNextWhileALockOrAFreezeKeepsIt() {
        var positions = QueuePosition.of(List.of(queued(2, "deploy")), List.of());

        assertThat(positions.get(new RunId(2)).label(true)).isEqualTo("Position 1");
    }
}
