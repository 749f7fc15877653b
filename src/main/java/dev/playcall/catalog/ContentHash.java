package dev.playcall.catalog;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.playbook.FolderHash;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.domain.ContentDigest;
import dev.playcall.domain.RunRequest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Seals exactly what would run: every file that the playbook can reach beside it, roles and collections, the inventory of
 * its environment, and the request itself. One part for each thing that people know by name, so that a difference can be
 * named.
 */
public final class ContentHash {
    private final Catalogs catalogs;
    private final RolesPath rolesPath;
    private final Supplier<Optional<String>> galaxy;
    private final Supplier<AnsibleTuning> tuning;
    private final boolean isShared;

    /** @param rolesPath where roles and collections come from besides the folder of the playbooks */
    public ContentHash(Catalogs catalogs, RolesPath rolesPath) {
        this(catalogs, rolesPath, Optional::empty, () -> AnsibleTuning.DEFAULT, false);
    }

    /**
     * @param galaxy names what requirements.yml wants; it is installed later, but never anything else under that name
     * @param isShared whether other machines have to find the same: then it does not count when something was installed, and what git keeps
     * @param tuning how Ansible is run; what it has for an environment or an operation alone is a part of its runs
     */
    public ContentHash(
            Catalogs catalogs,
            RolesPath rolesPath,
            Supplier<Optional<String>> galaxy,
            Supplier<AnsibleTuning> tuning,
            boolean isShared) {
        this.isShared = isShared;
        this.catalogs = catalogs;
        this.rolesPath = rolesPath;
        this.galaxy = galaxy;
        this.tuning = tuning;
    }

    /** @throws UncheckedIOException when something cannot be read, and then nothing can be agreed to */
    public ContentDigest of(RunRequest request) {
        var catalog = catalogs.current();
        var parts = new TreeMap<String, String>();
        parts.put("the request", FolderHash.text(words(request)));
        request.task().ifPresent(_ -> {
            catalog.playbookFolder()
                    .filter(Files::isDirectory)
                    .ifPresent(f -> FolderHash.each(f, "playbooks/", rolesPath::isApart, parts));
            libraries(parts);
        });
        request.playbook().ifPresent(name -> {
            var playbook = catalog.playbook(name);
            playbook.map(p -> rolesPath.beside(p.file()))
                    .ifPresent(f -> FolderHash.each(f, "playbooks/", rolesPath::isApart, parts));
            parts.put("the playbook " + name, playbook.isPresent() ? "there" : "gone");
            libraries(parts);
        });
        var environment = catalog.environment(request.environment());
        var label = "inventory/" + request.environment() + "/";
        environment.ifPresent(e -> inventory(e, label, parts));
        environment
                .filter(e -> !e.registered().isEmpty())
                .ifPresent(e -> parts.put("hosts registered in " + request.environment(), registered(e)));
        parts.put("the environment " + request.environment(), environment.isPresent() ? "there" : "gone");
        overrides(tuning.get(), request, parts);
        if (isShared) {
            parts.keySet().removeIf(name -> name.endsWith("/.git"));
        }
        return new ContentDigest(parts);
    }

    private static void overrides(AnsibleTuning tuning, RunRequest request, Map<String, String> parts) {
        var environment = tuning.environments().get(request.environment().value());
        var operation = tuning.operations().get(request.operation().value());
        override("ansible.environments." + request.environment(), environment, parts);
        override("operations." + request.operation() + ".ansible", operation, parts);
    }

    private static void override(String key, @Nullable AnsibleOverrides overrides, Map<String, String> parts) {
        if (overrides != null && !overrides.equals(AnsibleOverrides.NONE)) {
            // Only where it is set: what waits for an approval since before an upgrade keeps its hash.
            parts.put(key, FolderHash.text(overrides.toString().replace(", slices=Optional.empty", "")));
        }
    }

    /** The part of an inventory's files: it changes when what waits for an approval has to be approved again. */
    public static Map<String, String> inventory(Environment environment) {
        var parts = new TreeMap<String, String>();
        inventory(environment, "", parts);
        return parts;
    }

    private static void inventory(Environment environment, String label, Map<String, String> parts) {
        for (var file : environment.files()) {
            if (file.equals(environment.folder())) {
                FolderHash.environment(file, label, parts);
            } else {
                var parent = Optional.ofNullable(file.getParent()).map(FilePermissionCheck::name);
                parts.put(label + parent.orElse("") + "/" + FilePermissionCheck.name(file), FolderHash.inventory(file));
            }
        }
    }

    private static String registered(Environment environment) {
        return FolderHash.text(environment.registered().stream()
                .map(RegisteredHost::canonicalText)
                .collect(Collectors.joining("\n\n")));
    }

    private void libraries(Map<String, String> parts) {
        galaxy.get().ifPresent(g -> parts.put("requirements.yml", g));
        rolesPath.own().stream()
                .filter(Files::isDirectory)
                .forEach(f -> FolderHash.each(f, rolesPath.project().relativize(f) + "/", parts));
        var config = rolesPath.config();
        Stream.concat(config.file().stream(), config.secrets().stream())
                .filter(Files::isRegularFile)
                .forEach(f -> parts.put(rolesPath.project().relativize(f).toString(), FolderHash.whole(f)));
        rolesPath.installed().stream()
                .filter(Files::isDirectory)
                .forEach(f -> parts.put(f.toString(), isShared ? FolderHash.sizes(f) : FolderHash.installed(f)));
    }

    private static String words(RunRequest r) {
        var words = String.join(
                "\n",
                r.operation().value(),
                r.playbook().map(Object::toString).orElse(""),
                r.environment().value(),
                r.limit(),
                r.hosts().toString(),
                r.tags().toString(),
                "check " + r.check() + " diff " + r.diff(),
                r.variables().toString(),
                r.timeout().toString());
        // Only where there is any: what waits for an approval since before an upgrade keeps its hash.
        return words
                + (r.options().isNone() ? "" : "\n" + r.options())
                + r.task().map(t -> "\n" + t).orElse("");
    }
}
