package dev.playcall.command;

import java.util.List;
import java.util.Optional;

/** About environments as a whole: the folders below {@code inventory/}. */
public sealed interface EnvironmentCommand extends Command {
    String name();

    @Override
    default Optional<String> environmentName() {
        return Optional.of(name());
    }

    @Override
    default String subject() {
        return name();
    }

    /**
     * Makes a new environment.
     *
     * @param copyFrom the environment whose inventory, variables and policy it begins with; empty for one with nothing but
     *     {@code hosts}
     * @param hosts its first hosts, {@code web-1} or {@code web-1=10.0.0.1} with the address; may be empty
     */
    record CreateEnvironment(String name, Optional<String> copyFrom, List<String> hosts) implements EnvironmentCommand {
        public CreateEnvironment {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String auditAction() {
            return "environment.create";
        }

        @Override
        public String subject() {
            return name + copyFrom.map(from -> " from " + from).orElse("");
        }
    }

    /** Gives an environment another name; its earlier runs keep the name they ran under. */
    record RenameEnvironment(String name, String to) implements EnvironmentCommand {
        @Override
        public String auditAction() {
            return "environment.rename";
        }

        @Override
        public String subject() {
            return name + " to " + to;
        }
    }

    /** Takes an environment out of use; its files and its runs are kept. */
    record ArchiveEnvironment(String name) implements EnvironmentCommand {
        @Override
        public String auditAction() {
            return "environment.archive";
        }
    }

    /** Takes an archived environment into use again. */
    record RestoreEnvironment(String name) implements EnvironmentCommand {
        @Override
        public String auditAction() {
            return "environment.restore";
        }
    }

    /**
     * Replaces the policy of an environment.
     *
     * @param text the whole {@code config.yml}; a blank one removes it
     * @param seen tag of what the writer saw there; empty to replace whatever is there
     */
    record WritePolicy(String name, String text, Optional<String> seen) implements EnvironmentCommand {
        @Override
        public String auditAction() {
            return "environment.policy";
        }
    }
}
