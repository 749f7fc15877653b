package dev.playcall.security.approval;

import dev.playcall.config.FreezeWindow;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Why nothing may be changed in an environment at present. */
public sealed interface LockOrFreeze {

    /** Somebody locked it. */
    record Locked(EnvironmentLock lock) implements LockOrFreeze {}

    /** It is frozen until then. */
    record Frozen(EnvironmentName environment, FreezeWindow freeze, Instant end) implements LockOrFreeze {}

    /** When it ends by itself. */
    default Optional<Instant> until() {
        return switch (this) {
            case Locked(var lock) -> lock.until();
            case Frozen(var _, var _, var end) -> Optional.of(end);
        };
    }

    /** One line: who or what, why, and until when. */
    default String line(Function<Person, String> name, Function<Instant, String> time) {
        return switch (this) {
            case Locked(var lock) ->
                lock.environment() + " is locked by " + name.apply(lock.holder())
                        + lock.until().map(u -> " until " + time.apply(u)).orElse("") + ": " + lock.reason();
            case Frozen(var environment, var freezeWindow, var end) ->
                environment + " is frozen until " + time.apply(end) + ": " + freezeWindow.reason();
        };
    }
}
