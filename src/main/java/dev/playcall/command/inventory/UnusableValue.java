package dev.playcall.command.inventory;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What JSON can say and no variable can keep: it would arrive as something else. */
final class UnusableValue {
    private UnusableValue() {}

    /** The first of it, to be read behind "has"; empty when there is none. */
    static Optional<String> in(Object value) {
        return switch (value) {
            case String text -> inText(text);
            case Double number when !Double.isFinite(number) -> Optional.of("a number that is too large");
            case Map<?, ?> map -> first(Stream.concat(map.keySet().stream(), map.values().stream()));
            case List<?> list -> first(list.stream());
            default -> Optional.empty();
        };
    }

    private static Optional<String> first(Stream<?> values) {
        return values.filter(Objects::nonNull).flatMap(v -> in(v).stream()).findFirst();
    }

    private static Optional<String> inText(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("a NUL character");
        }
        boolean half = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return half ? Optional.of("half of a character (a surrogate without the other one)") : Optional.empty();
    }
}
