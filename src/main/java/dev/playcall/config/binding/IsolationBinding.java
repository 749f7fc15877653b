package dev.playcall.config.binding;

import dev.playcall.config.Quantities;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.Section;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code ansible.run_as} and {@code ansible.limits}. */
final class IsolationBinding {
    /** As useradd takes them. */
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,30}\\$?");

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,6})\\s*%");
    /** With less, Python does not start. */
    private static final long LEAST_MEMORY = 64L << 20;

    private IsolationBinding() {}

    static RunIsolation read(Section ansible) {
        var user = ansible.optionalValue("run_as", name -> matching(USER, name), "the name of a Unix user", "ansible");
        var limits = ansible.section("limits");
        var set = new RunIsolation.Limits(
                limits.optionalValue(
                        "memory",
                        text -> Quantities.size(text).filter(n -> n >= LEAST_MEMORY),
                        "a size of at least 64MB",
                        "2GB"),
                limits.optionalValue("cpu", IsolationBinding::percent, "a share of one processor in percent", "150%"),
                limits.optionalValue("processes", from(20), "a number from 20 to 1000000", "500"),
                limits.optionalValue("open_files", from(64), "a number from 64 to 1000000", "1024"));
        limits.end();
        return new RunIsolation(user, set);
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return Optional.of(text.strip()).filter(t -> pattern.matcher(t).matches());
    }

    private static Optional<Integer> percent(String text) {
        var found = PERCENT.matcher(text.strip());
        return found.matches() ? Optional.of(Integer.parseInt(found.group(1))).filter(n -> n > 0) : Optional.empty();
    }

    private static Function<String, Optional<Integer>> from(int least) {
        return text -> text.strip().matches("\\d{1,7}")
                ? Optional.of(Integer.parseInt(text.strip())).filter(n -> n >= least && n <= 1_000_000)
                : Optional.empty();
    }
}
