package dev.playcall.catalog.ansiblecfg;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paths of an {@code ansible.cfg}: they count from its folder. What is executed has to be in the repository. */
final class CfgPaths {
    /** Installed on this machine, and sealed as such. */
    private static final List<String> INSTALLED =
            List.of("/usr/share/ansible", "/etc/ansible/roles", "~/.ansible", "{{ ANSIBLE_HOME", "{{ANSIBLE_HOME");

    private final Path project;
    private final List<Path> folders = new ArrayList<>();
    private final List<Path> secrets = new ArrayList<>();

    CfgPaths(Path project) {
        this.project = project;
    }

    List<Path> folders() {
        return folders.stream().distinct().toList();
    }

    List<Path> secrets() {
        return secrets.stream().distinct().toList();
    }

    /** Those of a list that count, absolute; the others are said. */
    String folders(String value, Consumer<String> refused) {
        return Stream.of(value.split(":", -1))
                .map(CfgPaths::unquoted)
                .filter(t -> !t.isEmpty())
                .flatMap(t -> folder(t, refused).stream())
                .collect(Collectors.joining(":"));
    }

    private Optional<String> folder(String text, Consumer<String> refused) {
        if (INSTALLED.stream().anyMatch(text::startsWith)) {
            // Roles and collections that are installed are found without being named.
            return Optional.of(text).filter(t -> t.startsWith("/"));
        }
        var folder = inside(text);
        folder.ifPresentOrElse(
                folders::add,
                () -> refused.accept("names " + text + ", which is not in the repository, and is not used;"
                        + " put it into the repository, or set paths.project to a folder that holds both"));
        return folder.map(Path::toString);
    }

    /** A link may lead out as well as {@code ..} may. */
    private Optional<Path> inside(String text) {
        try {
            if (text.startsWith("~") || text.contains("{{") || text.contains("$")) {
                return Optional.empty();
            }
            var path = project.resolve(text).normalize();
            boolean real = !Files.exists(path) || path.toRealPath().startsWith(project.toRealPath());
            return Optional.of(path).filter(p -> p.startsWith(project) && real);
        } catch (InvalidPathException | java.io.IOException e) {
            return Optional.empty();
        }
    }

    String secret(String value, Consumer<String> refused) {
        var file = inside(unquoted(value));
        file.ifPresentOrElse(
                secrets::add,
                () -> refused.accept("names " + value + ", which is not in the repository, and is not used; keep the"
                        + " password as a secret: ./playcall secret set vault --kind vault_password"));
        return file.map(Path::toString).orElse("");
    }

    /** {@code dev@path}; the identity {@code prompt} would ask somebody. */
    String identities(String value, Consumer<String> refused) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .flatMap(t -> identity(t, refused).stream())
                .collect(Collectors.joining(","));
    }

    private Optional<String> identity(String text, Consumer<String> refused) {
        int at = text.indexOf('@');
        var id = at < 0 ? "" : text.substring(0, at + 1);
        var source = text.substring(at + 1);
        var file = source.startsWith("prompt") ? "" : secret(source, refused);
        if (source.startsWith("prompt")) {
            refused.accept(
                    "asks for the password of " + text + ", and nobody is there to be asked; keep it as a secret:"
                            + " ./playcall secret set vault --kind vault_password");
        }
        return file.isEmpty() ? Optional.empty() : Optional.of(id + file);
    }

    /** A folder of facts, or the address of a server. */
    String cache(String value) {
        return value.contains("://") || value.matches("[\\w.-]+:\\d+.*") ? value : absolute(value);
    }

    String absolute(String value) {
        var text = unquoted(value);
        return text.startsWith("~") || text.startsWith("/") || text.contains("{{") || text.contains("$")
                ? text
                : project.resolve(text).normalize().toString();
    }

    private static String unquoted(String text) {
        var clean = text.strip();
        boolean quoted =
                clean.length() > 1 && Stream.of("\"", "'").anyMatch(q -> clean.startsWith(q) && clean.endsWith(q));
        return quoted ? clean.substring(1, clean.length() - 1) : clean;
    }
}
