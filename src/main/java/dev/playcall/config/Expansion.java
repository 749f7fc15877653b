package dev.playcall.config;

import dev.playcall.config.Yaml.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts the environment into values: {@code ${NAME}} and {@code ${NAME:-default}}. */
final class Expansion {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");
    private static final Pattern SECRET = Pattern.compile(".*(TOKEN|SECRET|PASSWORD|KEY).*");

    private final Map<String, String> environment;
    private final List<Problem> problems;
    private final List<String> secrets = new ArrayList<>();

    Expansion(Map<String, String> environment, List<Problem> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    String of(Scalar scalar) {
        return REFERENCE.matcher(scalar.text()).replaceAll(found -> {
            var name = found.group(1);
            var value = environment.get(name);
            if ((value == null || value.isEmpty()) && found.group(2) != null) {
                value = found.group(3);
            }
            if (value == null) {
                problems.add(new Problem(
                        scalar.place().toString(),
                        "${" + name + "} is not set (export it, or write ${" + name + ":-default})"));
                return "";
            }
            if (SECRET.matcher(name.toUpperCase(Locale.ROOT)).matches() && !value.isBlank()) {
                secrets.add(value);
            }
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }

    /** Values whose variable's name says that they are secret. */
    List<String> secrets() {
        return secrets;
    }
}
