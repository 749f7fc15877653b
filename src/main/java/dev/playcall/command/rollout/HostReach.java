package dev.playcall.command.rollout;

import dev.playcall.command.Caller;
import dev.playcall.command.StartCommand;
import java.util.List;

/** Says for which hosts there is something to do in a playbook. */
@FunctionalInterface
public interface HostReach {

    /**
     * Those of the hosts that a play of the started playbook is for, in their order; all of them where that is unknown.
     * May take seconds.
     */
    List<String> of(StartCommand start, List<String> hosts, Caller caller);
}
