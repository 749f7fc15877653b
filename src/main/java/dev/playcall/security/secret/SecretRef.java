package dev.playcall.security.secret;

import dev.playcall.domain.name.EnvironmentName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a secret: {@code production/db_password}, or {@code global/db_password} for one that holds everywhere.
 *
 * @param environment empty for everywhere
 * @param name letters, digits, underscore, dot and dash; starts with a letter
 */
public record SecretRef(Optional<EnvironmentName> environment, String name) implements Comparable<SecretRef> {
    /** Scope of what holds everywhere, so no environment of this name can have secrets of its own. */
    public static final String EVERYWHERE = "global";

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    public SecretRef {
        if (!isName(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a name for a secret");
        }
        environment = environment.filter(e -> !e.value().equals(EVERYWHERE));
    }

    /** Whether a secret may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Hosts that a password of this name may be for: {@code web-1} of {@code web-1.become}, and one of the whole name first. */
    public static List<String> hostsOf(String name) {
        return List.of(name, name.replaceFirst("\\.[^.]*$", ""));
    }

    public static SecretRef global(String name) {
        return new SecretRef(Optional.empty(), name);
    }

    public static SecretRef of(EnvironmentName environment, String name) {
        return new SecretRef(Optional.of(environment), name);
    }

    /** What {@link #toString} wrote; empty for anything else. */
    public static Optional<SecretRef> parse(String text) {
        var parts = text.split("/", -1);
        return parts.length == 2 && EnvironmentName.isValid(parts[0]) && isName(parts[1])
                ? Optional.of(of(new EnvironmentName(parts[0]), parts[1]))
                : Optional.empty();
    }

    /** Whether runs of this environment find it. */
    public boolean appliesTo(EnvironmentName place) {
        return environment.isEmpty() || environment.get().equals(place);
    }

    public String scope() {
        return environment.map(EnvironmentName::value).orElse(EVERYWHERE);
    }

    @Override
    public int compareTo(SecretRef other) {
        return Comparator.comparing(SecretRef::scope)
                .thenComparing(SecretRef::name)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return scope() + "/" + name;
    }
}
