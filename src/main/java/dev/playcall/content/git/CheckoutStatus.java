package dev.playcall.content.git;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a checkout stands; nobody else was asked for that.
 *
 * @param branch that is checked out, empty on none
 * @param commit the last one here
 * @param follows the branch of the remote that sync takes: {@code origin/main}
 * @param url of the remote without who logs in there, empty when there is none
 * @param distance from what is known of the remote, where anything is
 * @param edited what is changed here and not committed
 * @param unknown what lies among the playbooks and inventories and is not in git
 * @param asked when the remote was asked last, by whomever
 * @param blocker why sync would refuse, where that can be seen from here
 */
public record CheckoutStatus(
        Path folder,
        String branch,
        Optional<FetchResult.Commit> commit,
        String follows,
        String url,
        Optional<Distance> distance,
        List<String> edited,
        List<String> unknown,
        Optional<Instant> asked,
        Optional<String> blocker) {
    public CheckoutStatus {
        edited = List.copyOf(edited);
        unknown = List.copyOf(unknown);
    }

    /** Commits that only one of both has. */
    public record Distance(int ahead, int behind) {}

    /** One that git cannot say anything of. */
    static CheckoutStatus unreadable(Path folder, String why) {
        return new CheckoutStatus(
                folder,
                "",
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(why));
    }
}
