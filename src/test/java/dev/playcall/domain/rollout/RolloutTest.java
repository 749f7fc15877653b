package dev.playcall.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.RolloutSection;
import dev.playcall.config.RolloutSection.Read;
import dev.playcall.domain.rollout.Rollout.HostShare;
import dev.playcall.domain.rollout.Rollout.WavePause;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
    private static Rollout of(String waves, String maxFailed) {
        return new Rollout(
                value(RolloutSection.waves(Arrays.asList(waves.split(" ")))),
                value(RolloutSection.maxFailed(maxFailed)),
                WavePause.NONE,
                "");
    }

    private static <T> T value(Read<T> read) {
        return ((Read.Good<T>) read).value();
    }

    private static List<String> hosts(int n) {
        return IntStream.range(0, n).mapToObj(i -> "h" + i).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1 10% 50% rest, 100, 1 10 50 39",
        "1 10% 50% rest, 12, 1 1 6 4",
        "1 10% 50% rest, 3, 1 1 1",
        "1 10% 50% rest, 1, 1",
        "10% 100%, 100, 10 90",
        "1 10 100 rest, 1000, 1 10 100 889",
        "1 10 100 rest, 50, 1 10 39",
        "5, 12, 5 7",
        "5, 5, 5",
        "rest, 7, 7",
        "33% 33% rest, 10, 3 3 4",
        "1%, 10, 1 9"
    })
    void wavesHaveTheseSizes(String waves, int hosts, String sizes) {
        var slices = of(waves, "10%").slices(hosts(hosts));
        assertThat(slices.stream().map(s -> Integer.toString(s.size()))).containsExactly(sizes.split(" "));
    }

    @RepeatedTest(200)
    void eachHostIsInOneWaveAndTheOrderStays(RepetitionInfo info) {
        var random = RandomGenerator.of("L64X128MixRandom");
        var hosts = hosts(random.nextInt(0, 300));
        var waves = random.ints(random.nextInt(0, 8), 1, 101)
                .mapToObj(n -> new HostShare(n, info.getCurrentRepetition() % 2 == 0))
                .toList();
        var slices = new Rollout(waves, new HostShare(10, true), WavePause.NONE, "").slices(hosts);
        assertThat(slices.stream().flatMap(List::stream).toList()).isEqualTo(hosts);
        assertThat(slices).noneMatch(List::isEmpty);
    }

    @ParameterizedTest
    @CsvSource({
        "10%, 10, 100, false",
        "10%, 11, 100, true",
        "10%, 1, 11, false",
        "10%, 2, 11, true",
        "10%, 1, 1, true",
        "0%, 0, 10, false",
        "0%, 1, 10, true",
        "0, 1, 10, true",
        "3, 3, 10, false",
        "3, 4, 1000, true",
        "100%, 10, 10, false",
        "33%, 33, 100, false",
        "33%, 1, 3, true"
    })
    void aRolloutStopsAboveTheLimitAndNotAtIt(String maxFailed, int bad, int begun, boolean stops) {
        assertThat(of("1", maxFailed).maxFailed().isExceeded(bad, begun)).isEqualTo(stops);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 rest 5|rest is the last wave; \"5\" stands after it",
                "0|\"0\" is not a number of hosts, a percentage such as 10%, or rest",
                "101%|\"101%\" is not a number of hosts, a percentage such as 10%, or rest",
                "ten|\"ten\" is not a number of hosts, a percentage such as 10%, or rest"
            })
    void whatIsWrongWithWavesIsSaid(String waves, String message) {
        assertThat(RolloutSection.waves(Arrays.asList(waves.split(" ")))).isEqualTo(new Read.Bad<>(message));
    }

    @ParameterizedTest
    @CsvSource({"none,none", "approve,approve", "10m,10m", "1h30m,1h30m", "90s,1m30s"})
    void aPauseIsWrittenAsItIsRead(String text, String word) {
        assertThat(value(RolloutSection.pause(text)).word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"sometimes", "0s", "approved"})
    void whatIsNoPauseIsSaid(String text) {
        assertThat(RolloutSection.pause(text))
                .isEqualTo(new Read.Bad<>("\"" + text + "\" is not none, approve or a duration such as 10m"));
    }

    @ParameterizedTest
    @CsvSource({"false,''", "no,''", "rollback,rollback", "agents/rollback-agent.yml,agents/rollback-agent"})
    void aRollbackIsAnOperationOrAPlaybook(String text, String name) {
        assertThat(value(RolloutSection.rollback(text))).isEqualTo(name);
    }
}
