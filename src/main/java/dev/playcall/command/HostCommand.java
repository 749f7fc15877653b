package dev.playcall.command;

import dev.playcall.catalog.variable.VariableOwner;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Commands that change hosts and groups of an environment, in the inventory file or in the register. */
public sealed interface HostCommand extends Command {
    String environment();

    @Override
    default Optional<String> environmentName() {
        return Optional.of(environment());
    }

    /** Changes the inventory file of an environment. */
    record EditHosts(String environment, HostChange change) implements HostCommand {
        @Override
        public String auditAction() {
            return switch (change) {
                case HostChange.Add _ -> "host.add";
                case HostChange.Remove _ -> "host.remove";
                case HostChange.Tag _ -> "host.tag";
                case HostChange.Untag _ -> "host.untag";
                case HostChange.AddGroup _ -> "group.add";
                case HostChange.RemoveGroup _ -> "group.remove";
                case HostChange.RenameGroup _ -> "group.rename";
                case HostChange.ChangeVariables(var owner, var set, var _) ->
                    (owner.kind() == VariableOwner.Kind.HOST ? "host." : "group.") + (set.isEmpty() ? "unset" : "set");
            };
        }

        @Override
        public String subject() {
            var group = change.group().equals("all") ? "" : " " + change.group();
            var renamed = change instanceof HostChange.RenameGroup(var _, var to) ? " to " + to : "";
            var variables = change instanceof HostChange.ChangeVariables c ? " " + String.join(" ", c.names()) : "";
            return (change.host() + " " + environment + group).strip() + renamed + variables;
        }
    }

    /** What to do with one host or one group; a tag is a group. */
    sealed interface HostChange {
        /** Empty when it is about a group. */
        String host();

        default String group() {
            return "all";
        }

        record Add(String host, String group, Map<String, String> variables) implements HostChange {
            public Add {
                variables = Map.copyOf(variables);
            }
        }

        record Remove(String host) implements HostChange {}

        record Tag(String host, String group) implements HostChange {}

        record Untag(String host, String group) implements HostChange {}

        /**
         * Sets variables of one host or one group, or takes them away, where they are written.
         *
         * @param set texts, numbers, booleans, and lists and maps of these
         */
        record ChangeVariables(VariableOwner owner, SortedMap<String, Object> set, SortedSet<String> unset)
                implements HostChange {
            public ChangeVariables {
                set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
                unset = Collections.unmodifiableSortedSet(new TreeSet<>(unset));
            }

            @Override
            public String host() {
                return owner.kind() == VariableOwner.Kind.HOST ? owner.name() : "";
            }

            @Override
            public String group() {
                return owner.kind() == VariableOwner.Kind.GROUP ? owner.name() : "all";
            }

            SortedSet<String> names() {
                var names = new TreeSet<>(unset);
                names.addAll(set.keySet());
                return names;
            }
        }

        /** About a group and no host. */
        sealed interface OfGroup extends HostChange {
            @Override
            default String host() {
                return "";
            }
        }

        record AddGroup(String group) implements OfGroup {}

        /** Only an empty one. */
        record RemoveGroup(String group) implements OfGroup {}

        record RenameGroup(String group, String to) implements OfGroup {}
    }

    /**
     * Registers a host that is in no inventory file, or changes a registered one.
     *
     * @param address an empty text removes the present value, here and in the next three
     * @param port as written
     * @param key name of a private key among the secrets
     * @param tags empty to keep the present ones
     * @param variables texts, numbers, booleans, and lists and maps of these; an empty text removes one
     */
    record RegisterHost(
            String environment,
            String host,
            Mode mode,
            Optional<String> address,
            Optional<String> port,
            Optional<String> user,
            Optional<String> key,
            Optional<List<String>> tags,
            Map<String, Object> variables)
            implements HostCommand {
        public RegisterHost {
            tags = tags.map(List::copyOf);
            variables = Map.copyOf(variables);
        }

        /** What happens to a host that is registered already. */
        public enum Mode {
            /** It is refused. */
            CREATE,
            /** What is not given stays as it is. */
            CHANGE,
            /** What is not given is removed. */
            REPLACE
        }

        @Override
        public String auditAction() {
            return mode == Mode.CHANGE ? "host.change" : "host.register";
        }

        @Override
        public String subject() {
            return host + " " + environment;
        }
    }

    /**
     * Registers all of these hosts or none; what was registered of the same names is replaced.
     *
     * @param hosts at most 10,000, of this environment
     */
    record RegisterHosts(String environment, List<RegisterHost> hosts) implements HostCommand {
        public RegisterHosts {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String auditAction() {
            return "host.register";
        }

        @Override
        public String subject() {
            return hosts.size() + " hosts " + environment;
        }
    }

    /** Removes a registered host. */
    record UnregisterHost(String environment, String host) implements HostCommand {
        @Override
        public String auditAction() {
            return "host.unregister";
        }

        @Override
        public String subject() {
            return host + " " + environment;
        }
    }

    /**
     * Writes the text of the hosts file or of a file of variables.
     *
     * @param file relative to the folder of the environment: {@code hosts.yml}, {@code group_vars/web.yml}
     * @param text a blank one removes a file of variables
     * @param seen tag of what the writer saw there; empty for a new file
     */
    record WriteInventoryFile(String environment, String file, String text, Optional<String> seen)
            implements HostCommand {
        @Override
        public String auditAction() {
            return "inventory.write";
        }

        @Override
        public String subject() {
            return environment + "/" + file;
        }
    }

    /** @param version its id or the beginning of it; empty for the newest one that is kept */
    record RestoreInventoryFile(String environment, String file, String version) implements HostCommand {
        @Override
        public String auditAction() {
            return "inventory.restore";
        }

        @Override
        public String subject() {
            return environment + "/" + file;
        }
    }
}
