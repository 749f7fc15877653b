package dev.playcall.config;

import dev.playcall.domain.ansible.AnsibleOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What Ansible is told where the {@code ansible.cfg} of the repository says nothing, set so that many hosts are fast; and
 * what counts before that file in some environments and for some operations.
 *
 * @param pipelining whether modules go through the open ssh connection instead of being copied first
 * @param gathering when facts are gathered: {@code smart}, {@code implicit} or {@code explicit}
 * @param factCache how long facts are kept for later runs; zero for not at all
 * @param sshTimeout for the connection to a host
 * @param slices how many Ansible processes divide the hosts of a run among themselves; {@link #AUTO} for as many as its
 *     hosts and the processors of this machine are worth
 * @param environments by name
 * @param operations by name
 */
public record AnsibleTuning(
        boolean pipelining,
        String gathering,
        Duration factCache,
        Duration sshTimeout,
        int slices,
        Map<String, AnsibleOverrides> environments,
        Map<String, AnsibleOverrides> operations) {
    public static final int AUTO = AnsibleOptions.AUTO;
    public static final AnsibleTuning DEFAULT = new AnsibleTuning(true, "smart", Duration.ofSeconds(30));

    public AnsibleTuning {
        environments = Map.copyOf(environments);
        operations = Map.copyOf(operations);
    }

    /** The same everywhere, without kept facts. */
    public AnsibleTuning(boolean pipelining, String gathering, Duration sshTimeout) {
        this(pipelining, gathering, Duration.ZERO, sshTimeout, 1, Map.of(), Map.of());
    }

    /** The same with what some operations say. */
    public AnsibleTuning with(Map<String, AnsibleOverrides> byOperation) {
        return new AnsibleTuning(pipelining, gathering, factCache, sshTimeout, slices, environments, byOperation);
    }

    /**
     * How Ansible is run in one environment or for one operation; what is empty is as it is elsewhere.
     *
     * @param factCache how long facts are kept; zero for not at all
     * @param slices see {@link AnsibleTuning#slices}
     */
    public record AnsibleOverrides(
            Optional<Boolean> pipelining,
            Optional<String> gathering,
            Optional<Duration> factCache,
            Optional<Duration> sshTimeout,
            Optional<Integer> forks,
            Optional<Integer> slices) {
        public static final AnsibleOverrides NONE = new AnsibleOverrides(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
