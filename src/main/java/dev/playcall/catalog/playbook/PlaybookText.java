package dev.playcall.catalog.playbook;

import java.util.Optional;

/**
 * A playbook as it stands in its files.
 *
 * @param playbook what Ansible runs
 * @param description what {@code .meta.yml} says of it; empty when there is none
 */
public record PlaybookText(String playbook, Optional<String> description) {

    /** Changes whenever one of the two does. */
    public String tag() {
        var parts = playbook.length() + ":" + playbook + description.orElse("\u0000");
        return FolderHash.text(parts).substring(0, 16);
    }
}
