package dev.playcall.config;

import java.time.Duration;

/**
 * What Ansible is told where the {@code ansible.cfg} of the repository says nothing: set so that many hosts are fast.
 *
 * @param pipelining whether modules go through the open ssh connection instead of being copied first
 * @param gathering when facts are gathered: {@code smart}, {@code implicit} or {@code explicit}
 * @param sshTimeout for the connection to a host
 */
public record AnsibleTuning(boolean pipelining, String gathering, Duration sshTimeout) {
    public static final AnsibleTuning DEFAULT = new AnsibleTuning(true, "smart", Duration.ofSeconds(30));
}
