package dev.playcall.security.approval;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where locks of environments are kept. A lock that cannot be read is a fault, never "none". */
public interface LockStore {
    /** The lock as it was written, also when its time is over. */
    Optional<EnvironmentLock> find(EnvironmentName environment);

    /**
     * Takes the lock, unless another one stands whose time is not over when this one begins.
     *
     * @param own whose locks may be replaced: those of the same human
     * @return the other one, when there is
     */
    Optional<EnvironmentLock> take(EnvironmentLock lock, Set<Person> own);

    /** Takes exactly this lock away; false when it is not there any more. */
    boolean release(EnvironmentLock lock);

    /** Every lock as it was written. */
    List<EnvironmentLock> all();

    /** That somebody keeps all others from changing an environment; without {@code until} it holds until it is taken away. */
    record EnvironmentLock(
            EnvironmentName environment, Person holder, String reason, Instant since, Optional<Instant> until) {

        /** Whether its time is over. */
        public boolean isOver(Instant now) {
            return until.filter(u -> !now.isBefore(u)).isPresent();
        }
    }
}
