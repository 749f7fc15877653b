package dev.playcall.security.approval;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.Optional;

/** That somebody keeps all others from changing an environment; without {@code until} it holds until it is taken away. */
public record EnvironmentLock(
        EnvironmentName environment, Person holder, String reason, Instant since, Optional<Instant> until) {

    /** Whether its time is over. */
    public boolean isOver(Instant now) {
        return until.filter(u -> !now.isBefore(u)).isPresent();
    }
}
