package dev.playcall.doctor;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.ansiblecfg.RunTuning;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.config.Config;
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
        RunTuning.unknownEnvironments(config.ansible().tuning(), names)
                .forEach(text -> found.add(PlatformFinding.warning(text)));
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
