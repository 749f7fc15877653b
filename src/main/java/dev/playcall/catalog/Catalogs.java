package dev.playcall.catalog;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.domain.name.EnvironmentName;
import java.util.List;

/** The catalogue as it stands now; reads the disk again when something there has changed. */
public interface Catalogs {
    Catalog current();

    /** The same after a change that was just made: the disk is looked at in any case. */
    default Catalog afterChange() {
        return current();
    }

    /** What is known of hosts beside the inventory. */
    default HostFacts facts() {
        return HostFacts.NONE;
    }

    /** The hosts of an environment that stand in no file, as they are at this moment. */
    default List<RegisteredHost> registered(EnvironmentName environment) {
        return afterChange()
                .environment(environment)
                .map(Environment::registered)
                .orElse(List.of());
    }
}
