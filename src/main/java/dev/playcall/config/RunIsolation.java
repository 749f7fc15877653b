package dev.playcall.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What keeps a run from the gateway and from the rest of the machine.
 *
 * @param runAs the Unix user that Ansible runs as; empty for the one of the gateway
 */
public record RunIsolation(Optional<String> runAs, Limits limits) {
    public static final RunIsolation NONE = new RunIsolation(
            Optional.empty(), new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

    /**
     * What one run may use; empty for as much as there is.
     *
     * @param memory in bytes
     * @param cpu in percent of one processor
     * @param openFiles of each process
     */
    public record Limits(
            Optional<Long> memory, Optional<Integer> cpu, Optional<Integer> processes, Optional<Integer> openFiles) {

        /** Those that are set, by their key in the configuration. */
        public Map<String, Long> byName() {
            var set = new LinkedHashMap<String, Long>();
            memory.ifPresent(n -> set.put("memory", n));
            cpu.ifPresent(n -> set.put("cpu", n.longValue()));
            processes.ifPresent(n -> set.put("processes", n.longValue()));
            openFiles.ifPresent(n -> set.put("open_files", n.longValue()));
            return set;
        }
    }
}
