package dev.playcall.boot.settings;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.ConfigOrigins.EffectiveSetting;
import dev.playcall.config.SettingsStore;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.domain.format.TextFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a reload took, and what it left out and why.
 *
 * @param before what was read the last time
 * @param started what the gateway was started with
 * @param warnings what does not work with it on this machine
 */
record ReloadSummary(
        LoadedConfig found,
        LoadedConfig before,
        LoadedConfig started,
        RuntimeSettings settings,
        List<String> warnings) {
    private static final int SHOWN = 3;
    private static final int NAMED = 12;

    String text() {
        var changed = new TreeSet<>(found.changed(before));
        var set = settings.kept().stream()
                .map(SettingsStore.Adjusted::key)
                .filter(changed::contains)
                .toList();
        var environment = changed.stream()
                .filter(k -> !set.contains(k) && variable(k).isPresent())
                .toList();
        changed.removeAll(set);
        changed.removeAll(environment);
        var parts = new ArrayList<String>();
        parts.add(
                changed.isEmpty()
                        ? "no changes in " + found.file()
                        : "applied from " + found.file() + ": " + named(changed));
        add(parts, "changed, needs a restart: ", found.needingRestart(started));
        add(parts, "changed, but what was set here counts until it is reset: ", set);
        add(
                parts,
                "changed, but the environment says otherwise: ",
                environment.stream()
                        .map(k -> k + " (" + variable(k).orElse("") + ")")
                        .toList());
        parts.addAll(settings.rejectedSettings());
        var problems = DiskCatalogs.problems(settings.config());
        if (!problems.isEmpty()) {
            parts.add("left out of the catalogue: " + shown(problems));
        }
        if (!warnings.isEmpty()) {
            parts.add("warning: " + shown(warnings));
        }
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String what, Collection<String> keys) {
        if (!keys.isEmpty()) {
            parts.add(what + named(keys));
        }
    }

    /** The variable of the environment that counts more than the file. */
    private Optional<String> variable(String key) {
        return found.effective().stream()
                .filter(e -> e.key().equals(key) && e.isSaid())
                .map(EffectiveSetting::origin)
                .filter(o -> o.matches("(the variable )?PLAYCALL_\\w+"))
                .findFirst();
    }

    private static String named(Collection<String> keys) {
        return TextFormat.list(keys, NAMED);
    }

    /** The first few of what may be many, one after the other. */
    static String shown(List<String> problems) {
        return TextFormat.phrases(problems, SHOWN);
    }
}
