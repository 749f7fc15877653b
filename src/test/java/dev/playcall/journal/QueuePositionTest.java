package dev.playcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.testing.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class QueuePositionTest {
    private static final Instant T = Instant.parse("2026-11-30T08:00:00Z");

    private static Run queued(long id, String operation) {
        return Run.of(new RunId(id), Runs.asked(operation), T);
    }

    private static QueuePosition position(Map<RunId, QueuePosition> positions, long run) {
        return Objects.requireNonNull(positions.get(new RunId(run)));
    }

    @Test
    void theFirstOfEachLockIsNextAndKnowsWhoHoldsIt() {
        var holder = queued(1, "deploy")
                .after(new RunEvent.Started("gateway", "log"), T)
                .orElseThrow();
        var positions =
                QueuePosition.of(List.of(queued(2, "deploy"), queued(3, "ping"), queued(4, "deploy")), List.of(holder));

        assertThat(position(positions, 2).label(false)).isEqualTo("Next");
        assertThat(position(positions, 2).holder()).contains(holder);
        assertThat(position(positions, 3).label(false)).isEqualTo("Next");
        assertThat(position(positions, 3).holder()).isEmpty();
        assertThat(position(positions, 4).label(false)).isEqualTo("Position 2");
    }

    @Test
    void theFirstIsNotCalledNextWhileALockOrAFreezeKeepsIt() {
        var positions = QueuePosition.of(List.of(queued(2, "deploy")), List.of());

        assertThat(position(positions, 2).label(true)).isEqualTo("Position 1");
    }
}
