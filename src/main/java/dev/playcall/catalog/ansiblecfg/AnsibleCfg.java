package dev.playcall.catalog.ansiblecfg;

import dev.playcall.catalog.ansiblecfg.CfgKeys.Use;
import dev.playcall.catalog.ansiblecfg.IniText.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the {@code ansible.cfg} of a repository means for a run.
 *
 * @param file where it is; empty when there is none
 * @param settings what counts, by section and key; paths are absolute
 * @param broken why nothing of it counts: Ansible would refuse the file, and so are runs
 * @param notes what does not count, and why
 * @param folders folders of the repository that it names, whose files are executed: roles, collections and plugins
 * @param secrets files that it names which hold passwords
 */
public record AnsibleCfg(
        Optional<Path> file,
        SortedMap<String, SortedMap<String, String>> settings,
        Optional<Note> broken,
        List<Note> notes,
        List<Path> folders,
        List<Path> secrets) {
    private static final String DEFAULTS = "defaults";
    private static final String SSH = "ssh_connection";
    private static final List<String> COLLECTIONS = List.of("collections_path", "collections_paths");

    public AnsibleCfg {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        notes = List.copyOf(notes);
        folders = List.copyOf(folders);
        secrets = List.copyOf(secrets);
    }

    /** A setting that does not count: {@code log_path is not used: …}. */
    public record Note(int line, String text) {
        @Override
        public String toString() {
            return "ansible.cfg:" + line + ": " + text;
        }
    }

    /**
     * Reads the file anew.
     *
     * @param project the folder of the repository
     */
    public static AnsibleCfg read(Path project) {
        var file = project.resolve("ansible.cfg");
        if (!Files.isRegularFile(file)) {
            return nothing(Optional.empty(), Optional.empty());
        }
        try {
            return new Reading(project, file).read(Files.readString(file));
        } catch (IOException e) {
            return nothing(Optional.of(file), Optional.of(new Note(1, "cannot be read as a text in UTF-8")));
        }
    }

    private static AnsibleCfg nothing(Optional<Path> file, Optional<Note> broken) {
        return new AnsibleCfg(file, new TreeMap<>(), broken, List.of(), List.of(), List.of());
    }

    public Optional<String> setting(String section, String key) {
        return Optional.ofNullable(settings.get(section)).map(s -> s.get(key));
    }

    /** Where it has roles, in its order; empty when it says nothing. */
    public List<String> roles() {
        return paths("roles_path");
    }

    /** Where it has collections, in its order; empty when it says nothing. */
    public List<String> collections() {
        return COLLECTIONS.stream().flatMap(k -> paths(k).stream()).distinct().toList();
    }

    private List<String> paths(String key) {
        return setting(DEFAULTS, key).map(v -> List.of(v.split(":", -1))).orElse(List.of());
    }

    /** Hosts at a time: as many as it says, but never more than {@code most}. */
    public int forks(int most) {
        return setting(DEFAULTS, "forks")
                .filter(f -> f.matches("[1-9]\\d{0,5}"))
                .map(Integer::parseInt)
                .map(f -> Math.min(f, most))
                .orElse(most);
    }

    /**
     * The file for a run. Roles, collections and forks are not in it: they are given besides.
     *
     * @param tuning what counts before the file, and what holds where the file says nothing
     * @param facts the folder of the facts that are kept; empty where none are
     */
    public String text(RunTuning tuning, Optional<Path> facts) {
        var text = new StringBuilder();
        var all = new TreeMap<String, Map<String, String>>();
        settings.forEach((section, keys) -> all.put(section, new TreeMap<>(keys)));
        put(all, tuning.pipelining(), p -> p ? "True" : "False", SSH, "pipelining", DEFAULTS, "connection");
        put(all, tuning.gathering(), g -> g, DEFAULTS, "gathering");
        put(all, tuning.sshTimeout(), t -> Long.toString(t.toSeconds()), DEFAULTS, "timeout", SSH);
        keepFacts(all, facts, tuning.factCache());
        all.forEach((section, keys) -> {
            text.append('[').append(section).append("]\n");
            keys.forEach((key, value) -> {
                boolean besides = key.equals("roles_path") || key.equals("forks") || COLLECTIONS.contains(key);
                if (!besides) {
                    text.append(key).append(" = ").append(value).append('\n');
                }
            });
        });
        return text.toString();
    }

    /** Into one section, and out of the others that could say it, where ansible.cfg does not count before it. */
    private static <T> void put(
            Map<String, Map<String, String>> all,
            RunTuning.Held<T> held,
            Function<T, String> text,
            String section,
            String key,
            String... others) {
        held.value().ifPresent(v -> {
            Stream.of(others)
                    .flatMap(o -> Optional.ofNullable(all.get(o)).stream())
                    .forEach(o -> o.remove(key));
            all.computeIfAbsent(section, _ -> new TreeMap<>()).put(key, text.apply(v));
        });
    }

    private static void keepFacts(
            Map<String, Map<String, String>> all, Optional<Path> folder, RunTuning.Held<Duration> age) {
        age.value().ifPresent(kept -> {
            var defaults = all.computeIfAbsent(DEFAULTS, _ -> new TreeMap<>());
            defaults.keySet().removeIf(k -> k.startsWith("fact_caching"));
            folder.filter(_ -> kept.isPositive()).ifPresent(f -> {
                defaults.put("fact_caching", "jsonfile");
                defaults.put("fact_caching_connection", f.toString());
                defaults.put("fact_caching_timeout", Long.toString(kept.toSeconds()));
            });
        });
    }

    private static final class Reading {
        private final Path file;
        private final CfgPaths paths;
        private final SortedMap<String, SortedMap<String, String>> settings = new TreeMap<>();
        private final List<Note> notes = new ArrayList<>();

        Reading(Path project, Path file) {
            this.file = file;
            this.paths = new CfgPaths(project);
        }

        AnsibleCfg read(String text) {
            var ini = IniText.of(text);
            if (ini.wrong().isPresent()) {
                var wrong = ini.wrong().get();
                return nothing(
                        Optional.of(file),
                        Optional.of(new Note(wrong.line(), wrong.why() + "; Ansible refuses such a file")));
            }
            ini.entries().forEach(this::entry);
            return new AnsibleCfg(
                    Optional.of(file), settings, Optional.empty(), notes, paths.folders(), paths.secrets());
        }

        private void entry(Entry e) {
            switch (CfgKeys.of(e.section(), e.key())) {
                case Use.OfGalaxy _ -> {}
                case Use.Value _ -> keep(e, e.value());
                case Use.File _ -> file(e);
                case Use.Folders _ -> keep(e, paths.folders(e.value(), why -> note(e, why)));
                case Use.Owned(var why) -> note(e, "is not used: " + why);
                case Use.Unknown(var near) ->
                    note(
                            e,
                            "is not a setting that is known, and not used"
                                    + near.map(n -> "; did you mean " + n + "?").orElse(""));
            }
        }

        private void file(Entry e) {
            switch (e.key()) {
                case "fact_caching_connection" -> keep(e, paths.cache(e.value()));
                case "private_key_file" -> keep(e, paths.absolute(e.value()));
                case "vault_identity_list" -> keep(e, paths.identities(e.value(), why -> note(e, why)));
                default -> keep(e, paths.secret(e.value(), why -> note(e, why)));
            }
        }

        private void keep(Entry e, String value) {
            if (!value.isEmpty()) {
                settings.computeIfAbsent(e.section(), _ -> new TreeMap<>()).put(e.key(), value);
            }
        }

        private void note(Entry e, String why) {
            notes.add(new Note(e.line(), "[" + e.section() + "] " + e.key() + " " + why));
        }
    }
}
