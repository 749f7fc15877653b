package dev.playcall.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.command.run.RunRequestFactory.RunTimeouts;
import dev.playcall.domain.name.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTimeoutsTest {
    private static final RunTimeouts TIMEOUTS = new RunTimeouts(Duration.ofHours(1), 50);

    private static Duration of(Operation operation, int hosts) {
        var spec = new OperationSpec(
                operation, Optional.empty(), Optional.of(Duration.ofMinutes(2)), List.of(), Optional.empty());
        return TIMEOUTS.of(spec, Optional.empty(), hosts);
    }

    @ParameterizedTest
    @CsvSource({"0,PT2M", "1,PT2M10S", "16,PT4M40S", "50,PT10M20S", "51,PT12M30S"})
    void thatOfAPingGrowsWithHostsAndTheirRounds(int hosts, Duration expected) {
        assertThat(of(Operation.PING, hosts)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1", "1000"})
    void thatOfOtherWorkIsTheOneThatWasSet(int hosts) {
        assertThat(of(Operation.DEPLOY, hosts)).isEqualTo(Duration.ofMinutes(2));
    }
}
