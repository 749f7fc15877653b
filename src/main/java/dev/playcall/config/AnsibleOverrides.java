package dev.playcall.config;

import java.time.Duration;
import java.util.Optional;

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
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
