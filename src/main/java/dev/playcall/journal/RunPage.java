package dev.playcall.journal;

import dev.playcall.domain.Run;
import java.util.List;
import java.util.Optional;

/** Some runs, newest first, and the cursor of those that follow, empty at the end. */
public record RunPage(List<Run> runs, Optional<Long> next) {
    public RunPage {
        runs = List.copyOf(runs);
    }
}
