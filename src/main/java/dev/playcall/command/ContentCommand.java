package dev.playcall.command;

/** Commands that update the content: sync with the git remotes, install collections and roles. */
public sealed interface ContentCommand extends Command {

    /** Pulls from the git remotes; with {@code now} also while runs are using the files that are replaced. */
    record Sync(boolean now) implements ContentCommand {
        @Override
        public String auditAction() {
            return "sync";
        }

        @Override
        public String subject() {
            return "playbooks and inventories" + (now ? ", while runs are running" : "");
        }
    }

    /**
     * Installs what requirements.yml asks for.
     *
     * @param install false to only list what is installed and what is missing
     * @param again also what is installed already
     */
    record InstallGalaxy(boolean install, boolean again) implements ContentCommand {
        @Override
        public String auditAction() {
            return install ? "galaxy.install" : "galaxy.show";
        }

        @Override
        public String subject() {
            return "collections and roles" + (again ? ", again" : "");
        }
    }
}
