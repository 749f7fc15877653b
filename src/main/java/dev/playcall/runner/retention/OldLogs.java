package dev.playcall.runner.retention;

import dev.playcall.config.binding.RetentionRules;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Logs that are too old, and the oldest of those that are too much together. The folder of an environment that has rules
 * of its own is looked at for itself.
 */
record OldLogs(Path logs, RunJournal journal, Retention.Limits limits, Map<String, RetentionRules> own, Instant now) {
    private static final Pattern RUN = Pattern.compile("_(\\d{1,15})\\.log$");

    private record LogFile(Path path, String environment, Instant changed, long size) {}

    /** Which logs are counted together. */
    private record LogGroup(Duration maxAge, long maxSize, List<LogFile> files) {}

    void remove() throws IOException {
        if (!Files.isDirectory(logs)) {
            return;
        }
        var working = journal.read().running().stream()
                .map(Run::log)
                .map(logs::resolve)
                .collect(Collectors.toSet());
        for (var group : groups()) {
            remove(group, working);
        }
    }

    private void remove(LogGroup group, Set<Path> working) throws IOException {
        var oldest = now.minus(group.maxAge());
        long size = 0;
        for (var file : group.files()) {
            size += file.size();
            boolean tooMuch = file.changed().isBefore(oldest) || size > group.maxSize();
            if (tooMuch && !working.contains(file.path()) && !isPinned(file.path())) {
                Files.deleteIfExists(file.path());
            }
        }
    }

    private boolean isPinned(Path file) {
        var found = RUN.matcher(file.toString());
        return found.find()
                && Long.parseLong(found.group(1)) > 0
                && journal.read()
                        .history()
                        .pin(new RunId(Long.parseLong(found.group(1))))
                        .isPresent();
    }

    private List<LogGroup> groups() throws IOException {
        var common = new LogGroup(limits.logsMaxAge(), limits.logsMaxSize(), new ArrayList<>());
        Map<String, LogGroup> apart = new HashMap<>();
        own.forEach((environment, retentionRules) -> {
            if (retentionRules.logsMaxAge().isPresent()
                    || retentionRules.logsMaxSize().isPresent()) {
                var age = retentionRules.logsMaxAge().orElse(limits.logsMaxAge());
                var size = retentionRules.logsMaxSize().orElse(limits.logsMaxSize());
                apart.put(environment, new LogGroup(age, size, new ArrayList<>()));
            }
        });
        for (var file : newestFirst()) {
            apart.getOrDefault(file.environment(), common).files().add(file);
        }
        return Stream.concat(Stream.of(common), apart.values().stream()).toList();
    }

    private List<LogFile> newestFirst() throws IOException {
        var found = new ArrayList<LogFile>();
        try (Stream<Path> files = Files.walk(logs, 2)) {
            for (var path : files.filter(p -> p.toString().endsWith(".log")).toList()) {
                var folder = logs.relativize(path).getName(0).toString();
                found.add(new LogFile(
                        path, folder, Files.getLastModifiedTime(path).toInstant(), Files.size(path)));
            }
        }
        found.sort(Comparator.comparing(LogFile::changed).reversed());
        return found;
    }
}
