package dev.playcall.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What each key that was asked for is, and where that stands. A secret only shows that it is there. */
public final class ConfigOrigins {
    static final String HIDDEN = "set, not shown";
    private static final Pattern SECRET =
            Pattern.compile("(?i)(.*[._])?([a-z_]*(token|secret|password|passphrase|credential)[a-z_]*|key)");
    private static final Pattern USER = Pattern.compile("://[^/@\\s]*@");

    private final TreeMap<String, EffectiveSetting> found = new TreeMap<>();

    /** Something that is written down. */
    void record(String key, String value, String place) {
        found.put(key, new EffectiveSetting(key, shown(key, value), place));
    }

    /** What holds where nothing is; what was said is not forgotten for it. */
    void usual(String key, Object value) {
        if (!found.containsKey(key) || !found.get(key).isSaid()) {
            found.put(key, new EffectiveSetting(key, text(value), EffectiveSetting.USUAL));
        }
    }

    /** Whoever knows the address of a receiver can write to it. */
    private static String shown(String key, String value) {
        boolean address = key.startsWith("notify.") && value.contains("://");
        if (!value.isBlank() && (address || SECRET.matcher(key).matches())) {
            return HIDDEN;
        }
        return USER.matcher(value).replaceAll("://…@");
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration duration -> Quantities.text(duration);
            case Config.Store(var url, var _) -> url;
            case Path path -> path.toString();
            case Long bytes when bytes > 0 && bytes % (1L << 20) == 0 -> Quantities.text(bytes);
            default -> String.valueOf(value);
        };
    }

    /** All of it, in the order of the keys. */
    public List<EffectiveSetting> all(UnaryOperator<String> masked) {
        return found.values().stream()
                .map(e -> new EffectiveSetting(e.key(), masked.apply(e.value()), e.origin()))
                .toList();
    }

    /**
     * What one key is while the gateway works.
     *
     * @param key dotted path
     * @param value for people; of a secret only whether there is one
     * @param origin where it stands: {@code config/playcall.yml:14}, a variable of the environment, or {@link #USUAL}
     */
    public record EffectiveSetting(String key, String value, String origin) {
        /** Nobody said anything, so it is what it always is. */
        public static final String USUAL = "default";

        /** Whether somebody said so. */
        public boolean isSaid() {
            return !origin.equals(USUAL);
        }
    }
}
