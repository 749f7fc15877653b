package dev.playcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.name.RunId;
import dev.playcall.journal.HostStatus.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which hosts are told of because their version is not that of their group. */
class VersionDriftTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    /** {@code web-1=v2} is a host and the version that is live there; the last one was put there last. */
    private static List<String> odd(Map<String, List<String>> groups, String... live) {
        var statuses = new java.util.ArrayList<HostStatus>();
        for (var word : live) {
            var parts = word.split("=", 2);
            var at = NOON.plus(Duration.ofMinutes(statuses.size()));
            var column = new Column(
                    "ok",
                    new RunId(1),
                    at,
                    Optional.of(at),
                    parts[1],
                    OptionalLong.empty(),
                    "",
                    Optional.empty(),
                    Optional.empty());
            statuses.add(new HostStatus(
                    parts[0],
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(column),
                    Optional.empty(),
                    Optional.empty()));
        }
        return VersionDrift.of(groups, statuses).all().stream()
                .map(o -> o.host() + " " + o.version() + ", " + o.others() + " of " + o.group() + " " + o.expected())
                .toList();
    }

    @Test
    void theOneThatWasLeftBehindIsNamed() {
        var web = Map.of("web", List.of("web-1", "web-2", "web-3"));
        assertThat(odd(web, "web-2=v1", "web-1=v2", "web-3=v2")).containsExactly("web-2 v1, 2 of web v2");
        assertThat(odd(web, "web-1=v2", "web-2=v2", "web-3=v2")).isEmpty();
    }

    @Test
    void theOneThatIsAheadIsNamedToo() {
        var web = Map.of("web", List.of("web-1", "web-2", "web-3"));
        assertThat(odd(web, "web-1=v1", "web-2=v1", "web-3=v2")).containsExactly("web-3 v2, 2 of web v1");
    }

    @Test
    void ofTwoTheOneThatWasPutThereLastCounts() {
        assertThat(odd(Map.of("web", List.of("web-1", "web-2")), "web-1=v2", "web-2=v1"))
                .containsExactly("web-1 v2, 1 of web v1");
    }

    @Test
    void whatDiffersBetweenGroupsIsMeant() {
        var groups = Map.of(
                "web", List.of("web-1", "web-2"),
                "db", List.of("db-1", "db-2"),
                "shop", List.of("web-1", "web-2", "db-1", "db-2"));
        assertThat(odd(groups, "web-1=v2", "web-2=v2", "db-1=v1", "db-2=v1")).isEmpty();
    }

    @Test
    void aGroupThatCutsAcrossOthersAccusesNobodyWhoIsAtOneWithTheirOwn() {
        var groups = Map.of(
                "web", List.of("web-1", "web-2"),
                "db", List.of("db-1", "db-2"),
                "rack_7", List.of("web-1", "db-1"));
        assertThat(odd(groups, "web-1=v2", "web-2=v2", "db-1=v1", "db-2=v1")).isEmpty();
        assertThat(odd(groups, "web-1=v2", "web-2=v3", "db-1=v1", "db-2=v1")).containsExactly("web-1 v2, 1 of web v3");
    }

    @Test
    void hostsOfWhichNoVersionIsKnownAreLeftOut() {
        assertThat(odd(Map.of("web", List.of("web-1", "web-2", "web-3")), "web-1=v1"))
                .isEmpty();
    }
}
