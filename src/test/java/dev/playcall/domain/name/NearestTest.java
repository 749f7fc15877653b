package dev.playcall.domain.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> OPERATIONS =
            List.of("validate", "ping", "provision", "deploy", "rollback", "update", "play");

    @ParameterizedTest
    @CsvSource({
        "deplyo, deploy",
        "depoly, deploy",
        "deplo, deploy",
        "DEPLOY, deploy",
        "pign, ping",
        "prov, provision",
        "rolback, rollback",
        "updaet, update"
    })
    void findsWhatWasMeant(String wrong, String meant) {
        assertThat(Suggestion.of(wrong, OPERATIONS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"zzzzzz", "x", "''", "' '", "kubernetes"})
    void suggestsNothingForWhatIsFarFromEverything(String wrong) {
        assertThat(Suggestion.of(wrong, OPERATIONS)).isEmpty();
    }

    @Test
    void prefersTheCloserOfTwo() {
        assertThat(Suggestion.of("web-11", List.of("web-1", "web-12", "db"))).contains("web-1");
        assertThat(Suggestion.of("web-12x", List.of("web-1", "web-12"))).contains("web-12");
    }

    @Test
    void doesNotCompareWholeBooks() {
        assertThat(Suggestion.of("a".repeat(1_000_000), List.of("a".repeat(64))))
                .isEmpty();
    }
}
