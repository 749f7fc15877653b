package dev.playcall.security.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways in which programs write a secret: as it is, its lines one by one, inside JSON, HTML, a shell's quotes or an
 * address, in hexadecimal, and in Base64, also in the middle of a longer text that was encoded as a whole.
 */
final class SecretEncodings {
    /** A shorter value would black out ordinary words. */
    static final int SHORTEST = 4;

    private static final int SHORTEST_PART = 6;
    private static final int[] WRAPPED_AT = {64, 76};

    private SecretEncodings() {}

    static Set<String> of(String value) {
        var whole = value.strip();
        var found = new LinkedHashSet<String>();
        if (whole.length() < SHORTEST) {
            return found;
        }
        var lines = whole.lines()
                .map(String::strip)
                .filter(l -> l.length() >= SHORTEST_PART)
                .toList();
        boolean several = whole.contains("\n") && !lines.isEmpty();
        if (several) {
            // Whatever writes all of it writes its lines; only Base64 broken into lines of its own tears those apart.
            base64(whole.getBytes(StandardCharsets.UTF_8), 0)
                    .filter(s -> s.length() >= SHORTEST_PART)
                    .forEach(found::add);
        }
        for (var text : several ? lines : List.of(whole)) {
            found.add(text);
            int shortest = several ? SHORTEST_PART : SHORTEST;
            encodings(text).filter(s -> s.length() >= shortest).forEach(found::add);
        }
        return found;
    }

    private static Stream<String> encodings(String text) {
        return Stream.of(quotings(text), addresses(text), numbers(text)).flatMap(s -> s);
    }

    private static Stream<String> quotings(String text) {
        var json = json(text, false);
        var ascii = json(text, true);
        return Stream.of(
                json,
                ascii,
                json(json, false),
                json(ascii, true),
                text.replace("'", "'\"'\"'"),
                text.replace("'", "''"),
                text.replace("\\", "\\\\").replace("'", "\\'"),
                html(text),
                html(text).replace("&#34;", "&quot;").replace("&#39;", "&apos;"),
                html(text).replace("&#39;", "&#x27;").replace("&#34;", "&quot;"));
    }

    private static String json(String text, boolean ascii) {
        var out = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\\', '"' -> out.append('\\').append((char) c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        out.append("\\u%04x".formatted(c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        });
        return out.toString();
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }

    private static Stream<String> addresses(String text) {
        var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        var strict = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        return Stream.of(form, form.replace("+", "%20"), strict, strict.replace("%2F", "/"))
                .flatMap(s -> Stream.of(s, lowerHex(s)));
    }

    private static String lowerHex(String encoded) {
        return java.util.regex.Pattern.compile("%[0-9A-F]{2}")
                .matcher(encoded)
                .replaceAll(m -> m.group().toLowerCase(Locale.ROOT));
    }

    private static Stream<String> numbers(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var hex = HexFormat.of().formatHex(bytes);
        var base64 = Stream.of(0, 1, 2).flatMap(offset -> base64(bytes, offset));
        return Stream.concat(Stream.of(hex, hex.toUpperCase(Locale.ROOT)), base64)
                .filter(s -> s.length() >= SHORTEST_PART);
    }

    /** Base64 writes three bytes at a time, so a secret has three faces, whose rims depend on its neighbours. */
    private static Stream<String> base64(byte[] bytes, int offset) {
        var shifted = new byte[bytes.length + offset];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        var all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = offset == 0 ? 0 : offset + 1;
        int to = shifted.length % 3 == 0 ? all.length() : all.length() - 1;
        var inner = from < to ? all.substring(from, to) : "";
        var padded = Base64.getEncoder().encodeToString(shifted);
        return Stream.of(inner, all.substring(Math.min(from, all.length())), padded.substring(from))
                .flatMap(s -> Stream.concat(Stream.of(s), wrapped(s)))
                .flatMap(s -> Stream.of(s, s.replace('+', '-').replace('/', '_')));
    }

    private static Stream<String> wrapped(String encoded) {
        return java.util.Arrays.stream(WRAPPED_AT)
                .filter(width -> encoded.length() > width)
                .boxed()
                .flatMap(width -> java.util.stream.IntStream.range(0, (encoded.length() + width - 1) / width)
                        .mapToObj(i -> encoded.substring(i * width, Math.min(encoded.length(), (i + 1) * width))));
    }
}
