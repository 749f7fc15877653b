package dev.playcall.command.rollout;

import dev.playcall.catalog.Plans;
import dev.playcall.command.Caller;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestFactory;
import java.util.List;

/** Asks Ansible to list the hosts of each play, for those who may start it. */
record ListedReach(RunRequestFactory requests, Plans plans) implements HostReach {

    @Override
    public List<String> of(StartCommand start, List<String> hosts, Caller caller) {
        return switch (requests.of(start, caller)) {
            case RunRequestFactory.Draft.Rejected _ -> hosts;
            case RunRequestFactory.Draft.Valid(var request, var _) -> {
                var touched = plans.touched(request.on(hosts));
                yield hosts.stream().filter(touched::contains).toList();
            }
        };
    }
}
