package dev.playcall.security;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces every known secret in a text. A value shorter than four characters would black out ordinary words. */
public final class Redactor {
    static final String MASK = "[secret]";
    private static final int SHORTEST = 4;

    private final List<String> secrets;

    public Redactor(Collection<String> values) {
        secrets = values.stream()
                .flatMap(Redactor::spellings)
                .filter(s -> s.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without secrets; the very same object when there was none. */
    public String redact(String text) {
        var clean = text;
        for (var secret : secrets) {
            if (clean.contains(secret)) {
                clean = clean.replace(secret, MASK);
            }
        }
        return clean;
    }

    /** The same for text in any encoding that keeps ASCII, such as the output of a program. */
    public byte[] redact(byte[] text) {
        if (secrets.isEmpty()) {
            return text;
        }
        var latin = new String(text, StandardCharsets.ISO_8859_1);
        var clean = latin;
        for (var secret : secrets) {
            clean = clean.replace(
                    new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), MASK);
        }
        return clean.equals(latin) ? text : clean.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether there is anything to look for. */
    public boolean isIdle() {
        return secrets.isEmpty();
    }

    /** A secret also shows as its single lines, escaped inside JSON, Base64 and percent-encoded. */
    private static Stream<String> spellings(String value) {
        var lines = value.lines().map(String::strip);
        return Stream.concat(Stream.of(value.strip()), lines).distinct().flatMap(Redactor::encodings);
    }

    private static Stream<String> encodings(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var base64 = java.util.Base64.getEncoder().encodeToString(bytes);
        var json = text.replace("\\", "\\\\").replace("\"", "\\\"");
        var url = java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
        return Stream.of(text, json, url, url.replace("+", "%20"), base64, base64.replace("=", ""));
    }
}
