package dev.playcall.catalog.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks Ansible itself whether it understands an inventory. */
public interface InventoryCheck {
    /** What is wrong with these files, which are one inventory, one line; empty when nothing is. */
    Optional<String> problem(List<Path> files);
}
