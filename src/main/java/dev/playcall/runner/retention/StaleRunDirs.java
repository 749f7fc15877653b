package dev.playcall.runner.retention;

import dev.playcall.config.file.FileTrees;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.History;
import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folders of runs that nobody knows any more: a gateway died between forgetting a run and removing its files. */
record StaleRunDirs(RunnerSettings settings, History history) {
    private static final int STEP = 500;

    void clear() throws IOException {
        if (!Files.isDirectory(settings.runs())) {
            return;
        }
        var step = new ArrayList<RunId>();
        try (Stream<Path> folders = Files.list(settings.runs())) {
            for (var folder : (Iterable<Path>) folders::iterator) {
                var name = folder.getFileName().toString();
                if (name.matches("[1-9]\\d{0,15}")) {
                    step.add(new RunId(Long.parseLong(name)));
                }
                if (step.size() == STEP) {
                    clear(step);
                    step.clear();
                }
            }
        }
        clear(step);
    }

    private void clear(List<RunId> runs) throws IOException {
        for (var run : history.unknown(runs)) {
            FileTrees.delete(new RunDirectory(settings.runs(), run).path());
        }
    }
}
