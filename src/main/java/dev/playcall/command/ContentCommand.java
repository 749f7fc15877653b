package dev.playcall.command;

import java.util.Map;
import java.util.Optional;

/** Commands that update the content: git remotes, collections and roles, Python environments, fetched inventories. */
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

    /** Commands about the Python environments (venvs) that playbooks need. */
    sealed interface VenvCommand extends ContentCommand {

        /**
         * A host that has environments.
         *
         * @param host this machine is {@code localhost}
         * @param environment whose inventory has it; blank where only one has
         */
        record Where(String host, String environment) {
            public boolean isHere() {
                return host.equals("localhost");
            }

            @Override
            public String toString() {
                return environment.isBlank() ? host : host + " in " + environment;
            }
        }

        /**
         * Finds out what a playbook needs, and writes it as a specification.
         *
         * @param lint whether the playbook is checked first
         * @param relock whether the versions of its environment are found out anew, by making another one on this machine
         */
        record AnalyzePlaybook(String playbook, boolean lint, boolean relock) implements VenvCommand {
            @Override
            public String auditAction() {
                return "venv.analyze";
            }

            @Override
            public String subject() {
                return playbook;
            }

            @Override
            public Map<String, String> auditDetails() {
                return Map.of("lint", lint ? "" : "no", "relock", relock ? "yes" : "");
            }
        }

        /**
         * Has the environment of a playbook made.
         *
         * @param where this machine, or a host of an inventory, where a run makes it
         * @param force anew, beside the one that is there
         * @param lint whether the playbook is checked first
         */
        record DeployVenv(String playbook, Where where, boolean force, boolean lint) implements VenvCommand {
            @Override
            public String auditAction() {
                return "venv.deploy";
            }

            @Override
            public String subject() {
                return playbook + " on " + where + (force ? ", again" : "");
            }

            @Override
            public Map<String, String> auditDetails() {
                return Map.of("lint", lint ? "" : "no");
            }
        }

        /**
         * Shows the environments that are on a host.
         *
         * @param verify whether it is looked at there; on a host of an inventory a run does that
         */
        record ListVenvs(Where where, boolean verify) implements VenvCommand {
            @Override
            public String auditAction() {
                return verify ? "venv.verify" : "venv.list-host";
            }

            @Override
            public String subject() {
                return where.toString();
            }
        }

        /**
         * Removes the environments of a host that nothing needs.
         *
         * @param dryRun only lists them
         */
        record CleanUpVenvs(Where where, boolean dryRun) implements VenvCommand {
            @Override
            public String auditAction() {
                return dryRun ? "venv.cleanup-dry-run" : "venv.cleanup";
            }

            @Override
            public String subject() {
                return where.toString();
            }
        }

        /**
         * Has the inventories say which environments their hosts have.
         *
         * @param check only says what differs
         */
        record SyncVenvs(boolean check) implements VenvCommand {
            @Override
            public String auditAction() {
                return check ? "venv.sync-check" : "venv.sync";
            }

            @Override
            public String subject() {
                return "installed_venvs of all inventories";
            }
        }

        /** Shows the specification of this name. */
        record ShowSpec(String name) implements VenvCommand {
            @Override
            public String auditAction() {
                return "venv.show-spec";
            }

            @Override
            public String subject() {
                return name;
            }
        }
    }

    /** Asks the inventory plugins and scripts of an environment for its hosts. */
    record RefreshInventory(String environment) implements ContentCommand {
        @Override
        public String auditAction() {
            return "inventory.refresh";
        }

        @Override
        public String subject() {
            return "inventory of " + environment;
        }

        @Override
        public Optional<String> environmentName() {
            return Optional.of(environment);
        }
    }
}
