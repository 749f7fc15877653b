package dev.playcall.catalog.playbook;

import dev.playcall.config.RolloutSection;
import dev.playcall.config.RolloutSection.Read;
import dev.playcall.domain.rollout.Rollout;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts what somebody typed in the place of what is configured. */
public final class RolloutChanges {
    private RolloutChanges() {}

    /** What came of it. */
    public sealed interface Changed {
        record Good(Rollout rollout) implements Changed {}

        /** @param field by its name in the configuration */
        record Bad(String field, String message) implements Changed {}
    }

    /** @param words by their names in the configuration; a blank one is not said */
    public static Changed of(Rollout usual, Map<String, String> words) {
        var waves = said(words, "waves", usual.waves(), t -> RolloutSection.waves(List.of(t.split("[,\\s]+"))));
        var maxFailed = said(words, "max_failed", usual.maxFailed(), RolloutSection::maxFailed);
        var pause = said(words, "pause", usual.pause(), RolloutSection::pause);
        var rollback = said(words, "rollback", usual.rollback(), RolloutSection::rollback);
        if (waves instanceof Read.Bad<?>(var message)) {
            return new Changed.Bad("waves", message);
        }
        if (maxFailed instanceof Read.Bad<?>(var message)) {
            return new Changed.Bad("max_failed", message);
        }
        if (pause instanceof Read.Bad<?>(var message)) {
            return new Changed.Bad("pause", message);
        }
        if (rollback instanceof Read.Bad<?>(var message)) {
            return new Changed.Bad("rollback", message);
        }
        return new Changed.Good(new Rollout(value(waves), value(maxFailed), value(pause), value(rollback)));
    }

    private static <T> Read<T> said(
            Map<String, String> words, String name, T usual, Function<String, Read<T>> reading) {
        var text = words.getOrDefault(name, "");
        return text.isBlank() ? new Read.Good<>(usual) : reading.apply(text);
    }

    private static <T> T value(Read<T> read) {
        return switch (read) {
            case Read.Good<T>(var value) -> value;
            case Read.Bad<T>(var message) -> throw new IllegalStateException(message);
        };
    }
}
