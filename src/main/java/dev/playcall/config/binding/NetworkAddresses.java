package dev.playcall.config.binding;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Places in the network and on the globe as people write them; empty for anything else. */
final class NetworkAddresses {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%-]{1,253}|\\[[A-Fa-f0-9:.%]{2,60}]");

    private NetworkAddresses() {}

    public static Optional<String> host(String text) {
        return Optional.of(text).filter(HOST.asMatchPredicate());
    }

    /** An address people can open; empty text says that there is none. */
    public static Optional<String> page(String text) {
        return text.isEmpty() ? Optional.of("") : uri(text, "http").map(URI::toString);
    }

    /** An address that others are resolved against, which goes wrong without a slash at its end. */
    public static Optional<URI> folder(String text, String scheme) {
        return uri(text, scheme)
                .filter(u -> u.getQuery() == null && u.getFragment() == null)
                .map(u -> text.endsWith("/") ? u : URI.create(text + "/"));
    }

    /** @param scheme {@code http} or {@code ws}; with an s at its end it is right too */
    private static Optional<URI> uri(String text, String scheme) {
        try {
            return Optional.of(URI.create(text))
                    .filter(u ->
                            scheme.equalsIgnoreCase(u.getScheme()) || (scheme + "s").equalsIgnoreCase(u.getScheme()))
                    .filter(u -> u.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(text.equals("system") ? ZoneId.systemDefault() : ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
