package dev.playcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the one who deploys hears of the version that is there. */
class VersionStepTest {
    private static String step(String wanted, String... live) {
        return VersionStep.of(wanted, List.of(live))
                .map(s -> String.join(", ", s.live()) + " → " + s.wanted() + (s.isDowngrade() ? " (downgrade)" : ""))
                .orElse("");
    }

    @Test
    void theVersionThatIsLiveIsNamedAndADowngradeIsCalledOne() {
        assertThat(step("v1.0.0", "v1.1.0", "v1.1.0", "")).isEqualTo("v1.1.0 → v1.0.0 (downgrade)");
        assertThat(step("v1.10", "v1.9")).isEqualTo("v1.9 → v1.10");
        assertThat(step("2", "2.0.1")).isEqualTo("2.0.1 → 2 (downgrade)");
        assertThat(step("v1.1.0", "v1.2.0", "v1.0.0")).isEqualTo("v1.0.0, v1.2.0 → v1.1.0 (downgrade)");
    }

    @Test
    void withoutAnOrderNothingIsSaidOfIt() {
        assertThat(step("v1.0.0", "v1.0.0-rc1")).isEqualTo("v1.0.0-rc1 → v1.0.0");
        assertThat(step("main", "8f74223")).isEqualTo("8f74223 → main");
        assertThat(step("v1", "v1.0")).isEqualTo("v1.0 → v1");
    }

    @Test
    void whereNothingElseIsLiveThereIsNothingToSay() {
        assertThat(step("v1")).isEmpty();
        assertThat(step("v1", "v1", "")).isEmpty();
    }
}
