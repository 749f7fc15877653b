package dev.playcall.web.playbooks;

import dev.playcall.web.pages.Differences.DiffRow;
import java.util.List;

/**
 * What a playbook was, beside what it is.
 *
 * @param gone whether there is no such playbook now
 * @param playbook lines that differ, from now to what was
 */
record VersionView(
        String name,
        String id,
        String until,
        String age,
        boolean gone,
        List<DiffRow.Line> playbook,
        List<DiffRow.Line> description,
        boolean mayChange) {
    public VersionView {
        playbook = List.copyOf(playbook);
        description = List.copyOf(description);
    }
}
