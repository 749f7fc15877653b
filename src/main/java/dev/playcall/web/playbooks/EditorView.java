package dev.playcall.web.playbooks;

import dev.playcall.web.pages.Differences.DiffRow;
import java.util.List;

/**
 * A playbook while it is written.
 *
 * @param fresh whether there is none of this name yet
 * @param seen tag of what this is written in place of
 * @param fault what is wrong with it
 * @param done what was found good, empty when nothing was asked
 * @param theirs what somebody else changed meanwhile, from what they wrote to what stands here
 */
record EditorView(
        String name,
        boolean fresh,
        String text,
        String description,
        String seen,
        Fault fault,
        String done,
        List<DiffRow.Line> theirs,
        boolean changed) {
    public EditorView {
        theirs = List.copyOf(theirs);
    }

    /**
     * What is wrong.
     *
     * @param where {@code playbook}, {@code meta} or {@code name}
     * @param line counts from 1, 0 when it is not known
     */
    public record Fault(String where, int line, String text) {
        public static final Fault NONE = new Fault("", 0, "");

        /** The line of this part, 0 when the fault is elsewhere. */
        public int lineOf(String part) {
            return where.equals(part) ? line : 0;
        }
    }
}
