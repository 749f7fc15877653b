package dev.playcall.venv;

import dev.playcall.config.yaml.CanonicalYaml;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;

/** A specification as YAML: the same content gives the same bytes. */
final class SpecText {
    private SpecText() {}

    static String of(VenvSpec spec) {
        var needs = spec.needs();
        return "name: " + CanonicalYaml.quoted(spec.name()) + "\n"
                + "source_playbook: " + CanonicalYaml.quoted(spec.source()) + "\n"
                + "content_hash: " + CanonicalYaml.quoted(spec.contentHash()) + "\n"
                + "collections:" + list(needs.collections()) + "\n"
                + "python_packages:" + list(needs.pythonPackages()) + "\n"
                + "created: "
                + CanonicalYaml.quoted(
                        spec.created().truncatedTo(ChronoUnit.SECONDS).toString()) + "\n"
                + "sha256: " + CanonicalYaml.quoted(needs.sha256()) + "\n"
                + "files:" + list(needs.files()) + "\n"
                + "python: " + CanonicalYaml.quoted(needs.python()) + "\n"
                + (needs.systemPackages().isEmpty() ? "" : "system_packages:" + list(needs.systemPackages()) + "\n")
                + "unresolved:"
                + list(needs.unresolved().stream().map(Object::toString).toList()) + "\n"
                + locked(spec);
    }

    private static String locked(VenvSpec spec) {
        return spec.lock().isEmpty()
                ? ""
                : "lock:" + list(spec.lock().packages()) + "\n"
                        + "locked_collections:" + list(spec.lock().collections()) + "\n"
                        + "requirements: " + CanonicalYaml.quoted(spec.requirements()) + "\n";
    }

    private static String list(Collection<String> items) {
        return items.isEmpty()
                ? " []"
                : items.stream()
                        .map(item -> "\n  - " + CanonicalYaml.quoted(item))
                        .collect(Collectors.joining());
    }
}
