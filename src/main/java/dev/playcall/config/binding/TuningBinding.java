package dev.playcall.config.binding;

import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import dev.playcall.domain.ansible.AnsibleOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** How Ansible is run: below {@code ansible}, for an environment there, and below an operation. */
final class TuningBinding {
    static final int MOST_FORKS = 1000;

    private static final Set<String> GATHERING = Set.of("smart", "implicit", "explicit");
    private static final Map<String, Boolean> FLAGS =
            Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);

    private TuningBinding() {}

    static AnsibleTuning read(Section s) {
        var usual = AnsibleTuning.DEFAULT;
        s.usually("fact_cache", "off");
        s.usually("ssh_timeout", usual.sshTimeout());
        s.usually("slices", usual.slices());
        return new AnsibleTuning(
                s.flag("pipelining", usual.pipelining()),
                s.oneOf("gathering", usual.gathering(), "implicit", "explicit"),
                factCache(s).orElse(usual.factCache()),
                sshTimeout(s).orElse(usual.sshTimeout()),
                slices(s).orElse(usual.slices()),
                environments(s.section("environments")),
                Map.of());
    }

    private static Map<String, AnsibleOverrides> environments(Section s) {
        var found = new TreeMap<String, AnsibleOverrides>();
        s.entries().keySet().forEach(name -> found.put(name, overrides(s.section(name))));
        return found;
    }

    static AnsibleOverrides overrides(Section s) {
        var overrides = new AnsibleOverrides(
                s.optionalValue(
                        "pipelining",
                        t -> Optional.ofNullable(FLAGS.get(t.toLowerCase(java.util.Locale.ROOT))),
                        "true or false",
                        "true"),
                s.optionalValue(
                        "gathering",
                        t -> Optional.of(t).filter(GATHERING::contains),
                        "one of smart, implicit, explicit",
                        "smart"),
                factCache(s),
                sshTimeout(s),
                s.optionalValue("forks", TuningBinding::forks, "a number from 1 to " + MOST_FORKS, "100"),
                slices(s));
        s.end();
        return overrides;
    }

    private static Optional<Integer> forks(String text) {
        return Optional.of(text)
                .filter(t -> t.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .filter(n -> n >= 1 && n <= MOST_FORKS);
    }

    private static Optional<Integer> slices(Section s) {
        return s.optionalValue(
                "slices", AnsibleOptions::slices, "auto or a number from 1 to " + AnsibleOptions.MOST_SLICES, "2");
    }

    private static Optional<Duration> factCache(Section s) {
        Function<String, Optional<Duration>> parse =
                t -> Boolean.FALSE.equals(FLAGS.get(t)) ? Optional.of(Duration.ZERO) : Quantities.positiveDuration(t);
        return s.optionalValue("fact_cache", parse, "off or a duration", "24h");
    }

    private static Optional<Duration> sshTimeout(Section s) {
        return s.optionalValue("ssh_timeout", Quantities::positiveDuration, "a duration", "30s");
    }
}
