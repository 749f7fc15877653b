package dev.playcall.domain.rollout;

import java.time.Duration;

/**
 * What happens between two waves.
 *
 * @param approve whether the next wave waits until a person resumes the deployment
 * @param time how long it waits otherwise; zero for not at all
 */
public record WavePause(boolean approve, Duration time) {
    public static final WavePause NONE = new WavePause(false, Duration.ZERO);
    public static final WavePause APPROVE = new WavePause(true, Duration.ZERO);

    /** {@code none}, {@code approve} or a duration, as it is configured. */
    public String word() {
        if (approve) {
            return "approve";
        }
        return time.isZero()
                ? "none"
                : part(time.toDays(), 'd')
                        + part(time.toHoursPart(), 'h')
                        + part(time.toMinutesPart(), 'm')
                        + part(time.toSecondsPart(), 's');
    }

    private static String part(long n, char unit) {
        return n > 0 ? Long.toString(n) + unit : "";
    }
}
