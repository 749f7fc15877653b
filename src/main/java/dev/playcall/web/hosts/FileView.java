package dev.playcall.web.hosts;

import dev.playcall.web.pages.Differences.DiffRow;
import java.util.List;

/**
 * The text of one file of an inventory while it is written.
 *
 * @param fresh whether there is none of this name yet
 * @param seen tag of what this is written in place of
 * @param line of the first mistake, from 1; 0 when it is not known
 * @param wrong what is wrong with it, empty when nothing is
 * @param done what was found good, empty when nothing was asked
 * @param theirs what somebody else changed meanwhile, from what they wrote to what stands here
 * @param vaulted whether it is encrypted as a whole, and so neither shown nor changed
 * @param mayWrite whether this visitor may write it here
 * @param removable whether it can be deleted, which the hosts file cannot
 */
record FileView(
        String environment,
        String environmentPath,
        String path,
        boolean fresh,
        String text,
        String seen,
        int line,
        String wrong,
        String done,
        List<DiffRow.Line> theirs,
        boolean changed,
        boolean vaulted,
        List<Version> versions,
        boolean mayWrite,
        boolean removable,
        String elsewhere) {
    public FileView {
        theirs = List.copyOf(theirs);
        versions = List.copyOf(versions);
    }

    /** @param until when it was replaced, as ISO 8601 */
    public record Version(String link, String until, String age) {}

    /** What colours it: an INI file would be coloured wrongly as YAML. */
    public boolean isYaml() {
        return path.isEmpty() || path.endsWith(".yml") || path.endsWith(".yaml");
    }
}
