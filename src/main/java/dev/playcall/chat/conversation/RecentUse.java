package dev.playcall.chat.conversation;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.PlaybookName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one person used last, which they are likely to want again.
 *
 * @param runs what they asked for, the newest first
 */
record RecentUse(List<Run> runs) {
    RecentUse {
        runs = List.copyOf(runs);
    }

    /** These names, those used last first; nothing is added. */
    private static Stream<String> first(Stream<String> used, Collection<String> known) {
        return Stream.concat(used.filter(known::contains), known.stream()).distinct();
    }

    private Stream<String> used(Function<RunRequest, Optional<String>> part) {
        return runs.stream().map(Run::request).map(part).flatMap(Optional::stream);
    }

    Stream<String> environments(Collection<String> known) {
        return first(used(r -> Optional.of(r.environment().value())), known);
    }

    Stream<String> playbooks(Collection<String> known) {
        return first(used(r -> r.playbook().map(PlaybookName::value)), known);
    }

    Stream<String> operations(Collection<String> known) {
        return first(used(r -> Optional.of(r.operation().value())), known);
    }

    Stream<String> modules(Collection<String> known) {
        return first(used(r -> r.task().map(t -> t.module())), known);
    }

    /** Hosts and groups: the limits of this environment first, as far as each is one name. */
    Stream<String> hosts(Optional<String> environment, Collection<String> known) {
        return first(used(r -> Optional.of(r.limit()).filter(_ -> isIn(r.environment(), environment))), known);
    }

    private static boolean isIn(EnvironmentName there, Optional<String> environment) {
        return environment.map(there.value()::equals).orElse(true);
    }
}
