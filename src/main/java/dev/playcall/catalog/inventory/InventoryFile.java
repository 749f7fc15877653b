package dev.playcall.catalog.inventory;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which file of an environment is its inventory, and how Ansible reads it. */
public final class InventoryFile {
    /** In the order in which they are looked for. */
    static final List<String> NAMES = List.of("hosts.yml", "hosts.ini", "hosts");

    private InventoryFile() {}

    /** Those that are there. */
    static List<Path> there(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
    }

    /** The inventory of this folder; {@code hosts.yml} where there is none. */
    public static Path of(Path folder) {
        return there(folder).stream().findFirst().orElse(folder.resolve("hosts.yml"));
    }

    static boolean isYaml(Path file) {
        return FilePermissionCheck.name(file).endsWith(".yml")
                || FilePermissionCheck.name(file).endsWith(".yaml");
    }

    /** The one plugin of Ansible that may read it. A guess of the wrong one would be another inventory. */
    public static String plugin(Path file) {
        return isYaml(file) ? "yaml" : "ini";
    }

    /** @throws ConfigException when it cannot be read at all */
    static HostsFile.Inventory read(Path file, Path shown, List<RegisteredHost> more, List<Problem> problems) {
        return isYaml(file)
                ? new HostsFile(problems, more).read(YamlFile.read(file, shown).root())
                : new IniHosts(shown.toString(), problems, more).read(YamlFile.text(file, shown));
    }

    /** The same beside a file of registered hosts, which only our own plugin reads, and reads first. */
    public static String plugins(Path file) {
        return "playcall_registered," + plugin(file);
    }

    /** A text that is to be changed. */
    public static InventoryEdit edit(Path file, String text) throws HostsEdit.RefusedException {
        return isYaml(file) ? HostsEdit.of(text) : IniEdit.of(text, FilePermissionCheck.name(file));
    }

    static Optional<Path> second(Path folder) {
        return Stream.of(there(folder)).flatMap(List::stream).skip(1).findFirst();
    }
}
