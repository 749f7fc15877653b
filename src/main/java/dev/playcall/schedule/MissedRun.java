package dev.playcall.schedule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What becomes of times at which nobody was there to start anything. {@code most} is how many of them are caught up. */
public record MissedRun(int most) {
    public static final MissedRun SKIP = new MissedRun(0);
    public static final MissedRun RUN_ONCE = new MissedRun(1);
    private static final int MOST = 100;
    private static final Pattern ALL = Pattern.compile("run_all:([1-9]\\d{0,2})");

    /** {@code skip}, {@code run_once} or {@code run_all:5}. */
    public static Optional<MissedRun> of(String text) {
        var all = ALL.matcher(text);
        if (all.matches()) {
            return Optional.of(Integer.parseInt(all.group(1)))
                    .filter(n -> n > 1 && n <= MOST)
                    .map(MissedRun::new);
        }
        return switch (text) {
            case "skip" -> Optional.of(SKIP);
            case "run_once" -> Optional.of(RUN_ONCE);
            default -> Optional.empty();
        };
    }

    /** The words of the configuration. */
    public String word() {
        return switch (most) {
            case 0 -> "skip";
            case 1 -> "run_once";
            default -> "run_all:" + most;
        };
    }

    /** For people, after "missed runs": {@code are caught up with one run}. */
    public String inWords() {
        return switch (most) {
            case 0 -> "are skipped";
            case 1 -> "are caught up with one run";
            default -> "are all caught up, at most " + most;
        };
    }

    /**
     * Those of the times that are due that are to be run. The newest is among them when it is on time; what is run once
     * makes up for everything.
     */
    <T> List<T> chosen(List<T> due, boolean newestOnTime) {
        int wanted = most <= 1 ? Math.max(most, newestOnTime ? 1 : 0) : most + (newestOnTime ? 1 : 0);
        return due.subList(Math.max(0, due.size() - wanted), due.size());
    }
}
