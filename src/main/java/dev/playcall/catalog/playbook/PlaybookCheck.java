package dev.playcall.catalog.playbook;

import java.nio.file.Path;
import java.util.List;
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

    /**
     * Whether nothing is wrong with any of these. They lie in one folder, as collections and plugins beside a playbook count for
     * those that are asked about with it.
     */
    default boolean acceptsAll(List<Path> files) {
        return files.stream().allMatch(f -> problem(f, "").isEmpty());
    }

    /** The same of the Ansible and the collections in a Python environment. */
    default PlaybookCheck in(Path environment) {
        return this;
    }
}
