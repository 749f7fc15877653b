package dev.playcall.runner.retention;

import dev.playcall.config.binding.RetentionRules;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Logs that are too old, the older ones of those that are too many of a playbook, and the oldest of those that are too much
 * together. The folder of an environment that has rules
 * of its own is looked at for itself.
 */
record OldLogs(
        Path logs, RunJournal journal, Retention.LogLimits limits, Map<String, RetentionRules> own, Instant now) {
    private static final Pattern RUN = Pattern.compile("_(\\d{1,15})\\.log$");

    private record LogFile(Path path, String environment, Instant changed, long size) {
        Optional<RunId> run() {
            var found = RUN.matcher(path.toString());
            return found.find() && Long.parseLong(found.group(1)) > 0
                    ? Optional.of(new RunId(Long.parseLong(found.group(1))))
                    : Optional.empty();
        }
    }

    /** Which logs are counted together. */
    private record LogGroup(Retention.LogLimits limits, List<LogFile> files) {}

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
        var oldest = now.minus(group.limits().maxAge());
        var tooMany = tooMany(group);
        long size = 0;
        for (var file : group.files()) {
            size += file.size();
            boolean tooMuch =
                    file.changed().isBefore(oldest) || size > group.limits().maxSize() || tooMany.contains(file);
            if (tooMuch && !working.contains(file.path()) && !isPinned(file)) {
                Files.deleteIfExists(file.path());
            }
        }
    }

    /** Those behind the last ones of their playbook. Where there are few in all, nobody is asked which is whose. */
    private Set<LogFile> tooMany(LogGroup group) {
        int most = group.limits().maxCount();
        Set<LogFile> tooMany = new HashSet<>();
        if (most == 0 || group.files().size() <= most) {
            return tooMany;
        }
        Map<String, Integer> counted = new HashMap<>();
        for (var file : group.files()) {
            if (counted.merge(file.environment() + "/" + playbook(file), 1, Integer::sum) > most) {
                tooMany.add(file);
            }
        }
        return tooMany;
    }

    /** What the log is of; the operation in its name when the run is no longer known, or has no playbook. */
    private String playbook(LogFile file) {
        return file.run()
                .flatMap(journal.read()::find)
                .flatMap(r -> r.request().playbook())
                .map(Object::toString)
                .orElseGet(() -> file.path().getFileName().toString().replaceFirst("_.*", ""));
    }

    private boolean isPinned(LogFile file) {
        return file.run().flatMap(journal.read().history()::pin).isPresent();
    }

    private List<LogGroup> groups() throws IOException {
        var common = new LogGroup(limits, new ArrayList<>());
        Map<String, LogGroup> apart = new HashMap<>();
        own.forEach((environment, retentionRules) -> {
            var its = new Retention.LogLimits(
                    retentionRules.logsMaxAge().orElse(limits.maxAge()),
                    retentionRules.logsMaxCount().orElse(limits.maxCount()),
                    retentionRules.logsMaxSize().orElse(limits.maxSize()));
            if (retentionRules.hasLogs()) {
                apart.put(environment, new LogGroup(its, new ArrayList<>()));
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
