package dev.playcall.command;

/** Commands that link identities of one person and remove such a link. */
public sealed interface IdentityCommand extends Command {
    /** An identity as written: {@code slack:U0123}. */
    String person();

    @Override
    default String subject() {
        return person();
    }

    /** Says that the caller is also this person. */
    record Link(String person) implements IdentityCommand {
        @Override
        public String auditAction() {
            return "link";
        }
    }

    /** Removes the link of this identity. */
    record Unlink(String person) implements IdentityCommand {
        @Override
        public String auditAction() {
            return "unlink";
        }
    }
}
