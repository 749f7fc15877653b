package dev.playcall.config;

/**
 * What one key is while the gateway works.
 *
 * @param key dotted path
 * @param value for people; of a secret only whether there is one
 * @param origin where it stands: {@code config/playcall.yml:14}, a variable of the environment, or {@link #USUAL}
 */
public record EffectiveSetting(String key, String value, String origin) {
    /** Nobody said anything, so it is what it always is. */
    public static final String USUAL = "usual";

    /** Whether somebody said so. */
    public boolean isSaid() {
        return !origin.equals(USUAL);
    }
}
