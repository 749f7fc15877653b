package dev.playcall.catalog.playbook;

import java.nio.file.Path;
import java.util.Optional;

/** Asks Ansible itself whether it understands a playbook. */
public interface PlaybookCheck {
    /** Believes every file. */
    PlaybookCheck NONE = (_, _) -> Optional.empty();

    /**
     * What is wrong with this file, one line; empty when nothing is.
     *
     * @param shown what people call it
     */
    Optional<String> problem(Path file, String shown);

    /** The same of the Ansible and the collections in a Python environment. */
    default PlaybookCheck in(Path environment) {
        return this;
    }
}
