package dev.playcall.chat.conversation;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.card.VersionQueries;
import dev.playcall.chat.message.Choice;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Versions, the most likely ones first: to go back, what ran in the environment and is live no more; else what is live
 * in another environment and not here, what was asked for last, and what is live here.
 */
record VersionChoices(VersionQueries versions) {
    /** So many environments are asked what is live there; each is a query. */
    private static final int MOST_ENVIRONMENTS = 20;

    Stream<Choice> of(String command, Optional<Environment> here, List<Environment> all, List<Run> runs) {
        if (command.equals(Operation.ROLLBACK.value()) && here.isPresent()) {
            return versions.choices(here.get()).stream();
        }
        var live = here.map(versions::liveVersions).orElse(List.of());
        var elsewhere = all.stream()
                .filter(e -> !here.map(Environment::name).equals(Optional.of(e.name())))
                .limit(MOST_ENVIRONMENTS)
                .flatMap(e -> versions.liveVersions(e).stream().map(v -> live(v, e)))
                .filter(c -> !live.contains(c.value()));
        var asked = runs.stream()
                .flatMap(r -> r.request().version().stream())
                .filter(v -> !live.contains(v))
                .map(Choice::of);
        var current = here.stream().flatMap(e -> live.stream().map(v -> live(v, e)));
        return Stream.of(elsewhere, asked, current).flatMap(s -> s);
    }

    private static Choice live(String version, Environment environment) {
        return new Choice(version + " – live in " + environment.name(), version);
    }
}
