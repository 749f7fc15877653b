package dev.playcall.catalog.inventory;

import java.nio.file.Path;
import java.util.Optional;

/** Asks Ansible itself whether it understands an inventory. */
public interface InventoryCheck {
    /** What is wrong with this file, one line; empty when nothing is. */
    Optional<String> problem(Path hostsFile);
}
