package dev.playcall.command.run;

import dev.playcall.catalog.playbook.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.domain.name.Operation;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a run may take.
 *
 * @param usual where neither operation nor playbook says one
 * @param forks how many hosts Ansible works on at once
 */
public record RunTimeouts(Duration usual, int forks) {
    /** What a host costs this machine on top of the answer, when it is slow. */
    private static final Duration FOR_EACH_HOST = Duration.ofSeconds(10);

    /** A ping is told apart from other work: its timeout is for one round of hosts, so it grows with their number. */
    Duration of(OperationSpec spec, Optional<Playbook> playbook, int hosts) {
        var configured =
                spec.timeout().or(() -> playbook.flatMap(Playbook::timeout)).orElse(usual);
        if (!spec.operation().equals(Operation.PING)) {
            return configured;
        }
        return configured.multipliedBy(Math.max(1, Math.ceilDiv(hosts, forks))).plus(FOR_EACH_HOST.multipliedBy(hosts));
    }
}
