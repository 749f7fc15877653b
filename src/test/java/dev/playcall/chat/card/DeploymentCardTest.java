package dev.playcall.chat.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.message.TextRenderer;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Rollout;
import dev.playcall.testing.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code show deployment} says of a rollback. */
class DeploymentCardTest {
    private static final Instant T = Instant.parse("2026-01-31T09:30:00Z");

    private final Run wave = Run.of(new RunId(7), Runs.asked("deploy"), T)
            .after(new RunEvent.Started("n", "production/7.log"), T)
            .flatMap(r -> r.after(new RunEvent.Finished(new Outcome.Failed(2, "")), T))
            .orElseThrow();
    private final Run back = Run.of(new RunId(9), Runs.asked("provision"), T);

    private String shown(Optional<RunId> own, Optional<Run> rolledBack) {
        var batch = new Batch(1, Batch.OnFailure.CONTINUE, Runs.ALICE, Origin.of("console:main"), T, Optional.empty());
        var deployment = new Deployment(
                3, batch, "", "", "", Rollout.DEFAULT, 1, List.of(), 1, Optional.empty(), "too many failed", true, own);
        var card = new DeploymentCard(
                deployment,
                List.of(wave),
                Optional.empty(),
                rolledBack,
                _ -> List.of("web-1"),
                Optional.empty(),
                T,
                Person::id);
        return new TextRenderer(100, false).render(card.message());
    }

    @Test
    void theRunThatSomebodyRolledItBackWithIsNamed() {
        assertThat(shown(Optional.empty(), Optional.of(back))).contains("rolled back by #9 (queued)");
        assertThat(shown(Optional.empty(), Optional.empty())).doesNotContain("rolled back");
    }

    @Test
    void aWaveThatIsRolledBackByItselfIsSaidOnce() {
        assertThat(shown(Optional.of(back.id()), Optional.of(back))).containsOnlyOnce("rolled back by #9");
    }
}
