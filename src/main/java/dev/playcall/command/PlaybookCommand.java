package dev.playcall.command;

import java.util.Optional;

/** Commands that write, delete and restore playbook files. */
public sealed interface PlaybookCommand extends Command {
    String name();

    @Override
    default String subject() {
        return "playbook " + name();
    }

    /**
     * Writes a playbook.
     *
     * @param description text of its {@code .meta.yml}; empty to keep the present one, a blank text to remove it
     * @param seen tag of what the writer saw there; empty for a new playbook
     */
    record WritePlaybook(String name, String playbook, Optional<String> description, Optional<String> seen)
            implements PlaybookCommand {
        @Override
        public String auditAction() {
            return seen.isEmpty() ? "playbook.create" : "playbook.write";
        }
    }

    /** @param seen tag of what the caller saw there; empty to delete whatever is there */
    record DeletePlaybook(String name, Optional<String> seen) implements PlaybookCommand {
        @Override
        public String auditAction() {
            return "playbook.delete";
        }
    }

    /** @param version its id or the beginning of it; empty for the newest one that is kept */
    record RestorePlaybook(String name, String version) implements PlaybookCommand {
        @Override
        public String auditAction() {
            return "playbook.restore";
        }
    }
}
