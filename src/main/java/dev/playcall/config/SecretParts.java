package dev.playcall.config;

import dev.playcall.config.Config.Secret;
import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of an address that look like keys: they must not be shown alone either. */
final class SecretParts {
    private static final Pattern BETWEEN = Pattern.compile("[/?&=#;@]|:(?!//)|://");
    private static final int SHORTEST = 12;
    /** What somebody made up to be read has no digits, or is short. */
    private static final Pattern KEY = Pattern.compile("(?=.*[0-9])[A-Za-z0-9_.~%+-]+|[A-Za-z0-9_-]{24,}");

    private SecretParts() {}

    static Stream<Secret> of(URI address) {
        var path = address.getRawPath() == null ? "" : address.getRawPath();
        var query = address.getRawQuery() == null ? "" : address.getRawQuery();
        var user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo();
        var password = user.contains(":") ? Stream.of(user.substring(user.indexOf(':') + 1)) : Stream.<String>of();
        return Stream.concat(keys(path + "/" + query), password).map(Secret::new);
    }

    static Stream<Secret> of(String address) {
        return keys(address).map(Secret::new);
    }

    private static Stream<String> keys(String text) {
        return BETWEEN.splitAsStream(text)
                .filter(p -> p.length() >= SHORTEST && KEY.matcher(p).matches());
    }
}
