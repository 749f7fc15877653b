package dev.playcall.chat.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.command.Caller;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever only reads has its record, for programs. */
class RecordAddressTest {
    private static final Caller ALICE = new Caller(new Person("console:alice"), Origin.of("console:main"));

    /** The help is about the program, which {@code openapi.json} describes for others. */
    private static final Set<String> TEXT_ONLY = Set.of("help");

    private static RecordAddress.Located of(String line) {
        return RecordAddress.of(List.of(line.split(" ", -1)), ALICE, Catalog.EMPTY, Instant.EPOCH);
    }

    @Test
    void everyCommandThatOnlyReadsHasARecord() {
        var without = CommandCatalogue.fixed().stream()
                .filter(e -> e.kind() == CommandEntry.Kind.QUERY && !TEXT_ONLY.contains(e.name()))
                .flatMap(e -> RecordAddress.isRead(e.name()) ? e.examples().stream() : Stream.of(e.name()))
                .filter(line -> !line.startsWith("runs ") && !line.startsWith("audit "))
                .filter(line -> of(line) instanceof RecordAddress.Located.Refused)
                .toList();
        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs",
                "audit",
                "schedule",
                "schedule list",
                "report list",
                "report now",
                "report now staging",
                "notify receivers",
                "notify routes",
                "env",
                "env list",
                "env policy staging",
                "settings",
                "galaxy",
                "secret list",
                "playbook show deploy",
                "host registered staging",
                "inventory show staging --limit web",
                "venv show-spec deploy",
                "venv list-host localhost",
                "show deployment 3",
                "show batch 3"
            })
    void whatReadsAmongOtherThingsHasOneToo(String line) {
        assertThat(of(line)).isInstanceOf(RecordAddress.Located.At.class);
    }

    @Test
    void theEndOfALogIsTheSameAsText() {
        assertThat(of("logs 412 --host web-1 --tail=5"))
                .isInstanceOfSatisfying(
                        RecordAddress.Located.At.class,
                        at -> assertThat(at.path())
                                .startsWith("/api/v1/runs/412/log/filter?")
                                .contains("tail=5", "host=web-1"));
        assertThat(of("logs 412")).isEqualTo(new RecordAddress.Located.At("/api/v1/runs/412/log/filter?tail=30"));
        for (var run : List.of("nightly", "9999999999999999999")) {
            assertThat(of("logs " + run))
                    .isEqualTo(new RecordAddress.Located.Refused("which run? For example: logs 412"));
        }
    }
}
