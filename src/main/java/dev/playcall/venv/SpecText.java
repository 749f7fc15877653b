package dev.playcall.venv;

import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;

/** A specification as YAML: the same content gives the same bytes. */
final class SpecText {
    private SpecText() {}

    static String of(VenvSpec spec) {
        var needs = spec.needs();
        return "name: " + quoted(spec.name()) + "\n"
                + "source_playbook: " + quoted(spec.source()) + "\n"
                + "content_hash: " + quoted(spec.contentHash()) + "\n"
                + "collections:" + list(needs.collections()) + "\n"
                + "python_packages:" + list(needs.pythonPackages()) + "\n"
                + "created: "
                + quoted(spec.created().truncatedTo(ChronoUnit.SECONDS).toString()) + "\n"
                + "sha256: " + quoted(needs.sha256()) + "\n"
                + "files:" + list(needs.files()) + "\n"
                + "python: " + quoted(needs.python()) + "\n"
                + "unresolved:"
                + list(needs.unresolved().stream().map(Object::toString).toList()) + "\n";
    }

    private static String list(Collection<String> items) {
        return items.isEmpty()
                ? " []"
                : items.stream().map(item -> "\n  - " + quoted(item)).collect(Collectors.joining());
    }

    /** In double quotes, in which YAML escapes as JSON does. */
    private static String quoted(String text) {
        var written = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> written.append('\\').append((char) c);
                default -> written.append(c < ' ' || c == 0x7f ? "\\u%04x".formatted(c) : String.valueOf((char) c));
            }
        });
        return written.append('"').toString();
    }
}
