package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Commits as {@code git log} lists them. */
record CommitLog(Git git, Path root) {

    /** @param which as git is told: a number, a range */
    List<FetchResult.Commit> of(String... which) throws ContentException {
        var words = new ArrayList<>(List.of("log", "-z", "--format=%H%x1f%an%x1f%ct%x1f%s"));
        words.addAll(List.of(which));
        return git.ask(root, words.toArray(String[]::new)).parts().stream()
                .map(p -> p.split("\u001f", 4))
                .map(p -> new FetchResult.Commit(p[0].strip(), p[1], Instant.ofEpochSecond(Long.parseLong(p[2])), p[3]))
                .toList();
    }
}
