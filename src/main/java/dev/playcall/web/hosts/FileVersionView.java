package dev.playcall.web.hosts;

import dev.playcall.web.pages.Differences.DiffRow;
import java.util.List;

/**
 * What a file of an inventory was, beside what it is.
 *
 * @param link to the file as it is now
 * @param until when it was replaced, as ISO 8601
 * @param gone whether there is no such file now
 * @param lines that differ, from now to what was
 * @param vaulted whether one of the two is encrypted, and so not shown
 */
record FileVersionView(
        String environment,
        String environmentPath,
        String path,
        String link,
        String id,
        String until,
        String age,
        boolean gone,
        List<DiffRow.Line> lines,
        boolean vaulted,
        boolean mayWrite,
        String elsewhere) {
    public FileVersionView {
        lines = List.copyOf(lines);
    }
}
