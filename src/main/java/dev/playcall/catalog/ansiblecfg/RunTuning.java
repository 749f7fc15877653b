package dev.playcall.catalog.ansiblecfg;

import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.config.Quantities;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.Suggestion;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for one run, each value with where it comes from: the operation, the environment, ansible.cfg, the configuration. */
public record RunTuning(
        Held<Boolean> pipelining,
        Held<String> gathering,
        Held<Duration> factCache,
        Held<Duration> sshTimeout,
        Held<Integer> forks,
        Held<Integer> slices) {
    private static final String SSH = "ssh_connection";
    private static final String DEFAULTS = "defaults";

    /**
     * One value.
     *
     * @param value empty where ansible.cfg says it in its own way
     * @param text as people read it
     * @param from the key of the configuration, or ansible.cfg
     */
    public record Held<T>(Optional<T> value, String text, String from) {}

    /** Without an environment and an operation: what holds where nothing is said of them. */
    public static RunTuning general(AnsibleCfg cfg, AnsibleTuning tuning, int forks) {
        return of(cfg, tuning, forks, "", "");
    }

    public static RunTuning of(AnsibleCfg cfg, AnsibleTuning tuning, int forks, String environment, String operation) {
        var asked = new Asked(cfg, tuning, environment, operation);
        return new RunTuning(
                asked.held(
                        "pipelining",
                        AnsibleOverrides::pipelining,
                        tuning.pipelining(),
                        Object::toString,
                        DEFAULTS,
                        "connection",
                        SSH),
                asked.held("gathering", AnsibleOverrides::gathering, tuning.gathering(), t -> t, DEFAULTS),
                asked.held("fact_cache", AnsibleOverrides::factCache, tuning.factCache(), RunTuning::age),
                asked.held(
                        "ssh_timeout",
                        AnsibleOverrides::sshTimeout,
                        tuning.sshTimeout(),
                        Quantities::text,
                        DEFAULTS,
                        SSH),
                asked.forks(forks),
                asked.slices(tuning.slices()));
    }

    /** Environments that something is set for and that are not there, each in a sentence. */
    public static List<String> unknownEnvironments(AnsibleTuning tuning, Collection<String> environments) {
        return tuning.environments().keySet().stream()
                .sorted()
                .filter(e -> !environments.contains(e))
                .map(e -> "ansible.environments." + e + ": there is no environment " + e
                        + Suggestion.of(e, environments)
                                .map(n -> "; did you mean " + n + "?")
                                .orElse(""))
                .toList();
    }

    private static String age(Duration kept) {
        return kept.isZero() ? "off" : Quantities.text(kept);
    }

    /** {@code pipelining true (ansible.pipelining), forks 100 (operations.deploy.ansible.forks)}, in one line. */
    public String line() {
        return Stream.of(
                        named("pipelining", pipelining),
                        named("gathering", gathering),
                        named("fact_cache", factCache),
                        named("ssh_timeout", sshTimeout),
                        named("forks", forks),
                        named("slices", slices))
                .collect(Collectors.joining(", "));
    }

    private static String named(String key, Held<?> held) {
        return key + " " + held.text() + " (" + held.from() + ")";
    }

    /** The same without facts that are kept, where they would be. */
    public RunTuning withoutFacts(String why) {
        return factCache.value().filter(Duration::isPositive).isEmpty()
                ? this
                : new RunTuning(
                        pipelining,
                        gathering,
                        new Held<>(Optional.of(Duration.ZERO), "off", why),
                        sshTimeout,
                        forks,
                        slices);
    }

    /** The same in one slice, where there would be more. */
    public RunTuning inOneSlice(String why) {
        return slices.value().equals(Optional.of(1)) ? this : inSlices(1, why);
    }

    /** The same in so many slices. */
    public RunTuning inSlices(int count, String from) {
        return new RunTuning(
                pipelining,
                gathering,
                factCache,
                sshTimeout,
                forks,
                new Held<>(Optional.of(count), AnsibleOptions.written(count), from));
    }

    /** How many hosts at a time. */
    public int hostsAtATime() {
        return forks.value().orElseThrow();
    }

    private record Asked(AnsibleCfg cfg, AnsibleTuning tuning, String environment, String operation) {
        <T> Held<T> held(
                String key,
                Function<AnsibleOverrides, Optional<T>> of,
                T otherwise,
                Function<T, String> text,
                String... sections) {
            return set(key, of, text)
                    .or(() -> written(key, sections).map(w -> new Held<>(Optional.empty(), w, "ansible.cfg")))
                    .orElseGet(() -> new Held<>(Optional.of(otherwise), text.apply(otherwise), "ansible." + key));
        }

        Held<Integer> forks(int most) {
            return set("forks", AnsibleOverrides::forks, Object::toString).orElseGet(() -> {
                int forks = cfg.forks(most);
                boolean isOfFile =
                        forks != most || cfg.setting(DEFAULTS, "forks").equals(Optional.of(Integer.toString(most)));
                return new Held<>(
                        Optional.of(forks), Integer.toString(forks), isOfFile ? "ansible.cfg" : "ansible.forks");
            });
        }

        Held<Integer> slices(int usual) {
            return set("slices", AnsibleOverrides::slices, AnsibleOptions::written)
                    .orElseGet(() -> new Held<>(Optional.of(usual), AnsibleOptions.written(usual), "ansible.slices"));
        }

        private <T> Optional<Held<T>> set(
                String key, Function<AnsibleOverrides, Optional<T>> of, Function<T, String> text) {
            var byOperation = of.apply(tuning.operations().getOrDefault(operation, AnsibleOverrides.NONE))
                    .map(v -> new Held<>(Optional.of(v), text.apply(v), "operations." + operation + ".ansible." + key));
            return byOperation.or(() -> of.apply(tuning.environments().getOrDefault(environment, AnsibleOverrides.NONE))
                    .map(v -> new Held<>(
                            Optional.of(v), text.apply(v), "ansible.environments." + environment + "." + key)));
        }

        private Optional<String> written(String key, String... sections) {
            var name = switch (key) {
                case "ssh_timeout" -> "timeout";
                case "fact_cache" -> "fact_caching";
                default -> key;
            };
            var where = sections.length == 0 ? new String[] {DEFAULTS} : sections;
            return Stream.of(where).flatMap(s -> cfg.setting(s, name).stream()).findFirst();
        }
    }
}
