package dev.playcall.ansible.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Timeline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Event lines put in order by task. */
class TimelineFoldTest {
    private static Timeline of(String... lines) {
        var fold = new TimelineFold(text -> text.replace("hunter2", "[secret]"));
        List.of(lines).forEach(fold::line);
        return fold.timeline();
    }

    private static String task(int number, String name) {
        return "{\"e\":\"task\",\"t\":1000,\"p\":1,\"k\":" + number + ",\"name\":\"" + name + "\",\"action\":\"copy\"}";
    }

    private static String result(String kind, int task, String host, long at) {
        return "{\"e\":\"" + kind + "\",\"t\":" + at + ",\"k\":" + task + ",\"h\":\"" + host + "\"}";
    }

    @Test
    void eachTaskHasALetterForEachHostInTheOrderTheyWereMet() {
        var timeline = of(
                "{\"e\":\"play\",\"t\":1,\"p\":1,\"name\":\"Deploy\"}",
                task(1, "Copy"),
                result("run", 1, "web-2", 2000),
                result("run", 1, "web-1", 2500),
                result("ok", 1, "web-1", 3000),
                "{\"e\":\"ok\",\"t\":4000,\"k\":1,\"h\":\"web-2\",\"chg\":true}",
                task(2, "Restart"),
                result("skipped", 2, "db-1", 5000),
                result("unreachable", 2, "web-1", 5500));
        assertThat(timeline.hosts()).containsExactly("web-2", "web-1", "db-1");
        assertThat(timeline.steps()).extracting(Timeline.Step::results).containsExactly("co", " us");
        var copy = timeline.steps().getFirst();
        assertThat(copy.play()).isEqualTo("Deploy");
        assertThat(copy.task()).isEqualTo("Copy");
        assertThat(copy.began()).as("when the first host began").isEqualTo(Instant.ofEpochMilli(2000));
        assertThat(copy.last()).isEqualTo(Instant.ofEpochMilli(4000));
        assertThat(timeline.cut()).isFalse();
    }

    @Test
    void theWorstOfALoopIsWhatStays() {
        var timeline = of(
                task(1, "Copy"),
                result("failed", 1, "web-1", 2000),
                result("ok", 1, "web-1", 3000),
                "{\"e\":\"failed\",\"t\":3500,\"k\":1,\"h\":\"web-2\",\"ignored\":true}");
        assertThat(timeline.steps().getFirst().results()).isEqualTo("fi");
        assertThat(timeline.steps().getFirst().last()).isEqualTo(Instant.ofEpochMilli(3500));
    }

    @Test
    void aResultOfATaskNobodyKnowsAndALineThatIsTornAreLeftOut() {
        var timeline = of(
                result("ok", 9, "web-1", 2000),
                task(1, "Copy"),
                "{\"e\":\"ok\",\"k\":1,\"h\":\"we",
                "{\"e\":\"ok\",\"k\":1,\"h\":\"\"}",
                "[]");
        assertThat(timeline.hosts()).isEmpty();
        assertThat(timeline.steps()).extracting(Timeline.Step::results).containsExactly("");
    }

    @Test
    void secretsAreTakenOutOfNamesAndDifferences() {
        var timeline = of(
                "{\"e\":\"play\",\"t\":1,\"p\":1,\"name\":\"with hunter2\"}",
                task(1, "set hunter2"),
                "{\"e\":\"diff\",\"t\":1,\"k\":1,\"h\":\"web-1\",\"text\":\"-a\\n+hunter2\"}",
                "{\"e\":\"diff\",\"t\":1,\"k\":1,\"h\":\"web-1\",\"text\":\"  \"}");
        assertThat(timeline.toString()).doesNotContain("hunter2");
        assertThat(timeline.diffs()).containsExactly(new Timeline.Diff("set [secret]", "web-1", "-a\n+[secret]"));
    }

    @Test
    void whatWouldNotFitIsLeftOutAndSaidToBe() {
        var many = new TimelineFold(text -> text);
        for (int i = 0; i < 2001; i++) {
            many.line(task(i, "task " + i));
        }
        assertThat(many.timeline().steps()).hasSize(2000);
        assertThat(many.timeline().cut()).isTrue();
        var long1 = of(task(1, "Copy"), "{\"e\":\"diff\",\"k\":1,\"h\":\"a\",\"text\":\"" + "x".repeat(30_000) + "\"}");
        assertThat(long1.diffs().getFirst().text()).hasSizeLessThan(20_010).endsWith("…");
        var diffs = new TimelineFold(text -> text);
        diffs.line(task(1, "Copy"));
        for (int i = 0; i < 301; i++) {
            diffs.line("{\"e\":\"diff\",\"k\":1,\"h\":\"a" + i + "\",\"text\":\"x\"}");
        }
        assertThat(diffs.timeline().diffs()).hasSize(300);
        assertThat(diffs.timeline().cut()).isTrue();
    }
}
