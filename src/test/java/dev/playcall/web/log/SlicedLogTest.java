package dev.playcall.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.web.log.LogLines.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In the log of a run in slices every line belongs to the headline of its own slice. */
class SlicedLogTest {
    private static final List<String> LOG = """
        [slice 1] TASK [Install] ****
        [slice 2] TASK [Install] ****
        [slice 1] ok: [a] => {
        [slice 2] fatal: [b]: FAILED! => {
        [slice 1]     "msg": "done"
        [slice 2]     "msg": "no room"
        [slice 1] }
        [slice 1] TASK [Start] ****
        [slice 2] }
        [slice 2] fatal: [c]: FAILED!
        """.lines().toList();

    private static List<String> shown(LineFilter filter) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < LOG.size(); i++) {
            filter.take(i + 1, LOG.get(i)).stream().map(Match::text).forEach(shown::add);
        }
        return shown;
    }

    @Test
    void failuresAreCountedWithTheTaskOfTheirSlice() {
        var outline = new LogOutline();
        for (int i = 0; i < LOG.size(); i++) {
            outline.take(i + 1, LOG.get(i));
        }
        assertThat(outline.sections())
                .extracting(s -> s.text() + " " + s.failed())
                .containsExactly(
                        "[slice 1] TASK [Install] 0", "[slice 2] TASK [Install] 2", "[slice 1] TASK [Start] 0");
    }

    @Test
    void theLinesOfAHostAreThoseOfItsSlice() {
        assertThat(shown(new LineFilter(Optional.of("b"), false)))
                .filteredOn(l -> !l.contains("TASK"))
                .containsExactly(
                        "[slice 2] fatal: [b]: FAILED! => {", "[slice 2]     \"msg\": \"no room\"", "[slice 2] }");
    }

    @Test
    void aFailureHasTheHeadlineOfItsSlice() {
        assertThat(shown(new LineFilter(Optional.empty(), true)))
                .containsExactly(
                        "[slice 2] TASK [Install] ****",
                        "[slice 2] fatal: [b]: FAILED! => {",
                        "[slice 2]     \"msg\": \"no room\"",
                        "[slice 2] }",
                        "[slice 2] fatal: [c]: FAILED!");
    }
}
