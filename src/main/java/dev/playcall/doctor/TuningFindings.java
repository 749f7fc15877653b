package dev.playcall.doctor;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.AnsibleOverrides;
import dev.playcall.config.Config;
import dev.playcall.domain.name.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what is set of Ansible for environments and operations can hold. */
record TuningFindings(Config config, Catalog catalog) {
    List<PlatformFinding> all() {
        var found = new ArrayList<PlatformFinding>();
        var names =
                catalog.environments().keySet().stream().map(Object::toString).toList();
        config.ansible().tuning().environments().keySet().stream()
                .sorted()
                .filter(e -> !names.contains(e))
                .forEach(e ->
                        found.add(PlatformFinding.warning("ansible.environments." + e + ": there is no environment " + e
                                + Suggestion.of(e, names)
                                        .map(n -> "; did you mean " + n + "?")
                                        .orElse(""))));
        if (config.ansible().isolation().runAs().isPresent() && keepsFacts()) {
            found.add(PlatformFinding.warning(
                    "fact_cache is set but not used: runs have another user with ansible.run_as"));
        }
        return found;
    }

    private boolean keepsFacts() {
        var tuning = config.ansible().tuning();
        var set = Stream.concat(
                        tuning.environments().values().stream(),
                        config.operations().values().stream().map(Config.OperationEntry::ansible))
                .map(AnsibleOverrides::factCache)
                .flatMap(Optional::stream);
        return Stream.concat(Stream.of(tuning.factCache()), set).anyMatch(Duration::isPositive);
    }
}
