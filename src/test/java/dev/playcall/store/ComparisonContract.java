package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.RunArtifacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two runs were made of is part of how they differ. */
abstract class ComparisonContract extends StoreFixture {
    private Run made(Revision revision) {
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        store().append(run.id(), new RunEvent.Prepared(revision), T);
        finish(run, new Outcome.Success());
        return store().find(run.id()).orElseThrow();
    }

    private List<Comparison.Difference> differences(Run first, Run second) {
        return Comparison.of(first, second, store(), RunArtifacts.NONE).request();
    }

    @Test
    void anotherCommitIsToldAndTheSameIsNot() {
        var first = made(Revision.at("a".repeat(40), false));
        var same = made(Revision.at("a".repeat(40), false));
        var later = made(Revision.at("b".repeat(40), true).with("0123456789abcdef"));
        assertThat(differences(first, same)).isEmpty();
        assertThat(differences(first, later))
                .containsExactly(
                        new Comparison.Difference("commit", "aaaaaaaaaa", "bbbbbbbbbb, with local edits"),
                        new Comparison.Difference("collections", "", "0123456789"));
    }
}
