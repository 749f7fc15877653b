package dev.playcall.catalog.vars;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.file.FileVersions;
import dev.playcall.catalog.file.OrdinaryModes;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.InventoryCheck;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.playbook.FolderHash;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.config.file.FileTrees;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts file and the files of variables of an environment as files that a program may change: Ansible understands what is
 * written, it is there whole or not at all, and what stood there before is kept.
 */
public final class InventoryFiles {
    private static final Pattern VARS = Pattern.compile(
            "(group_vars|host_vars)/([A-Za-z0-9_][A-Za-z0-9._-]*)((?:/[A-Za-z0-9_][A-Za-z0-9._-]*){0,4})");
    private static final Pattern ENDING = Pattern.compile("\\.(yml|yaml|json)$");
    private static final Set<String> OF_ANSIBLE = Set.of("all", "ungrouped");
    private static final int LARGEST = 512 * 1024;
    private static final int DEEPEST = 6;
    private static final String DRAFT = ".draft-";

    private final InventoryCheck check;
    private final FileVersions versions;

    /** @param kept where earlier versions are put */
    public InventoryFiles(InventoryCheck check, Path kept, Clock clock) {
        this.check = check;
        this.versions = new FileVersions(kept, clock);
    }

    /**
     * One file.
     *
     * @param name relative to the folder of the environment: {@code hosts.yml}, {@code group_vars/web.yml}
     * @param vaulted whether {@code ansible-vault} encrypted it as a whole
     */
    public record Text(String name, String text, boolean vaulted) {
        /** Changes whenever the text does; for If-Match. */
        public String tag() {
            return InventoryFiles.tag(text);
        }
    }

    public static String tag(String text) {
        return FolderHash.text(text).substring(0, 16);
    }

    /** Whether Ansible reads a file or folder of this name below a folder of variables. */
    static boolean isRead(Path path) {
        var name = FilePermissionCheck.name(path);
        boolean known = !name.contains(".") || ENDING.matcher(name).find();
        return known && !name.startsWith(".") && !name.endsWith("~");
    }

    /** Names of the hosts files and of all files of variables, the hosts files first. */
    public List<String> names(Environment environment) throws IOException {
        var names = new ArrayList<String>();
        names.addAll(environment.hostsFiles().keySet());
        for (var folder : List.of("group_vars", "host_vars")) {
            var below = environment.variables().resolve(folder);
            if (Files.isDirectory(below)) {
                try (Stream<Path> all = Files.walk(below, DEEPEST)) {
                    all.filter(Files::isRegularFile)
                            .filter(InventoryFiles::isRead)
                            .map(p -> environment.variables().relativize(p).toString())
                            .filter(n -> VARS.matcher(n).matches())
                            .sorted()
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    /** What stands there now; empty when there is no such file, or its name is none of an inventory. */
    public Optional<Text> read(Environment environment, String name) throws IOException {
        var file = file(environment, name);
        if (file.isEmpty() || !Files.isRegularFile(file.get()) || isElsewhere(environment, file.get())) {
            return Optional.empty();
        }
        try {
            var text = Files.readString(file.get());
            return Optional.of(new Text(name, text, WrittenVariable.isVaulted(text)));
        } catch (CharacterCodingException e) {
            return Optional.empty(); // Not UTF-8: nothing that could be shown and written back the same.
        }
    }

    private static Optional<Path> file(Environment environment, String name) {
        var hosts = environment.hostsFiles().get(name);
        if (hosts != null) {
            return Optional.of(hosts);
        }
        return VARS.matcher(name).matches()
                ? Optional.of(environment.variables().resolve(name))
                : Optional.empty();
    }

    /** A link may lead out of the folder, and what is there is not ours to show or to change. */
    private static boolean isElsewhere(Environment environment, Path file) throws IOException {
        return !environment.inventories().contains(file)
                && Files.exists(file)
                && !file.toRealPath().startsWith(environment.variables().toRealPath());
    }

    /** Why this cannot be the name of a file of variables of this environment, one line. */
    public Optional<String> wrongName(Environment environment, String name) {
        if (file(environment, name).isEmpty() || !isRead(Path.of(name))) {
            return Optional.of("the file is "
                    + String.join(" or ", environment.hostsFiles().keySet())
                    + ", group_vars/<group>.yml or host_vars/<host>.yml");
        }
        var vars = VARS.matcher(name);
        if (!vars.matches()) {
            return Optional.empty();
        }
        var owner = vars.group(3).isEmpty() ? ENDING.matcher(vars.group(2)).replaceFirst("") : vars.group(2);
        boolean group = vars.group(1).equals("group_vars");
        boolean known = group
                ? OF_ANSIBLE.contains(owner) || environment.groups().containsKey(owner)
                : environment.hosts().contains(owner);
        return known
                ? Optional.empty()
                : Optional.of("there is no " + (group ? "group " : "host ") + owner + " in " + environment.name());
    }

    /**
     * Why these texts cannot be written, one line.
     *
     * @param texts by name of the file; a blank text removes a file of variables
     */
    public Optional<String> problem(Environment environment, Map<String, String> texts) throws IOException {
        for (var entry : texts.entrySet()) {
            var wrong = problem(environment, entry.getKey(), entry.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return understood(environment, texts);
    }

    private static Optional<String> problem(Environment environment, String name, String text) throws IOException {
        if (isElsewhere(environment, environment.variables().resolve(name))) {
            return Optional.of(name + " is a link that leads out of the folder");
        }
        if (text.length() > LARGEST) {
            return Optional.of(name + " would be larger than " + TextFormat.size(LARGEST));
        }
        var hosts = environment.hostsFiles().get(name);
        try {
            if (hosts != null) {
                InventoryFile.edit(hosts, text);
            } else {
                VarsText.of(text, name);
            }
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.why());
        }
    }

    /** Ansible is asked about a copy, without what is encrypted as a whole: no password is given here. */
    private Optional<String> understood(Environment environment, Map<String, String> texts) throws IOException {
        var draft = Files.createTempDirectory("playcall-inventory");
        try {
            for (var name : names(environment)) {
                var text = texts.containsKey(name)
                        ? Optional.of(texts.getOrDefault(name, ""))
                        : read(environment, name).map(Text::text);
                if (text.isPresent()) {
                    copy(draft.resolve(name), text.get());
                }
            }
            for (var entry : texts.entrySet()) {
                copy(draft.resolve(entry.getKey()), entry.getValue());
            }
            var hosts = environment.hostsFiles().keySet().stream()
                    .map(draft::resolve)
                    .toList();
            return check.problem(hosts).map(p -> "Ansible rejects it: " + p.replace(draft + "/", ""));
        } finally {
            FileTrees.delete(draft);
        }
    }

    private static void copy(Path to, String text) throws IOException {
        if (!WrittenVariable.isVaulted(text)) {
            Files.createDirectories(to.resolveSibling(""));
            Files.writeString(to, text);
        }
    }

    /** Writes them in place of what is there, which is kept. A blank text removes a file of variables. */
    public void write(Environment environment, Map<String, String> texts) throws IOException {
        for (var entry : texts.entrySet()) {
            write(environment, entry.getKey(), entry.getValue());
        }
    }

    private void write(Environment environment, String name, String text) throws IOException {
        var file = file(environment, name).orElseThrow(() -> new IOException(name + " is no file of an inventory"));
        var before = read(environment, name);
        if (before.isPresent()) {
            versions.keep(
                    key(environment, name),
                    new FileVersions.Kept(before.get().tag(), before.get().text(), Optional.empty()));
        }
        if (text.isBlank() && !environment.inventories().contains(file)) {
            Files.deleteIfExists(file);
            return;
        }
        var target = Files.exists(file) ? file.toRealPath() : file;
        var folder = target.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, Files.getPosixFilePermissions(environment.variables()));
        }
        var draft = Files.createTempFile(folder, DRAFT, ".tmp");
        try {
            Files.writeString(draft, text);
            OrdinaryModes.give(draft, target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String key(Environment environment, String name) {
        return environment.name() + "/" + name;
    }

    /** Versions of this file that are kept, the newest first. */
    public List<FileVersions.Version> versions(Environment environment, String name) throws IOException {
        return file(environment, name).isEmpty() ? List.of() : versions.of(key(environment, name));
    }

    /** See {@link FileVersions#choose}. */
    public FileVersions.Choice choose(Environment environment, String name, String wanted) throws IOException {
        return file(environment, name).isEmpty()
                ? new FileVersions.Choice.Missing(name + " is no file of an inventory")
                : versions.choose(key(environment, name), name, wanted);
    }

    /** What a version said; {@code id} may be its beginning when only one begins so. */
    public Optional<String> version(Environment environment, String name, String id) throws IOException {
        return file(environment, name).isEmpty()
                ? Optional.empty()
                : versions.read(key(environment, name), id).map(FileVersions.Kept::text);
    }
}
