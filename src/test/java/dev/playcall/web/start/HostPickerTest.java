package dev.playcall.web.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.agent.UnknownServer;
import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostPickerTest {
    private static final String FAILED = "failed-in:#3";

    /** Counts how often it is asked which hosts failed. */
    private static final class Counting implements HostFacts {
        private int asked;

        @Override
        public AgentState agent(EnvironmentName environment, String host) {
            return NONE.agent(environment, host);
        }

        @Override
        public List<UnknownServer> unknown(EnvironmentName environment) {
            return NONE.unknown(environment);
        }

        @Override
        public Map<String, String> statuses(EnvironmentName environment) {
            return NONE.statuses(environment);
        }

        @Override
        public Optional<Set<String>> failedIn(EnvironmentName environment, long run) {
            asked++;
            return Optional.of(Set.of("web-1", "web-2"));
        }
    }

    @Test
    void aPatternIsResolvedOnceForAPage() {
        var facts = new Counting();
        var view = new HostPicker(environment(), facts, form(FAILED, FAILED)).view();
        assertThat(view.reached()).containsExactly("web-1", "web-2");
        assertThat(view.pattern().orElseThrow()).isEqualTo(new StartView.Pick(FAILED, 2, true, ""));
        assertThat(view.hosts()).extracting(StartView.Pick::name).containsExactly("web-1", "web-2");
        assertThat(facts.asked).isEqualTo(1);
    }

    private static Environment environment() {
        return new Environment(
                EnvironmentSource.of(new EnvironmentName("production"), Path.of("p"), List.of(Path.of("p/hosts.yml"))),
                List.of("web-1", "web-2", "db-1"),
                new TreeMap<>(),
                EnvironmentRules.NONE,
                List.of(),
                new TreeMap<>());
    }

    private static StartForm form(String limit, String find) {
        return new StartForm(
                true,
                "play",
                "production",
                "deploy",
                limit,
                find,
                "",
                false,
                Map.of(),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                new WaveForm(false, "", "", "", ""),
                "");
    }
}
