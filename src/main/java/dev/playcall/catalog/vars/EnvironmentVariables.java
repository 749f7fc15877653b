package dev.playcall.catalog.vars;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.InventoryEdit;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of hosts and groups of one environment, where they are written: in the hosts files, and in the files that Ansible
 * reads for their owner below {@code host_vars} and {@code group_vars}, which count for more. A change is a new text for each file
 * that it concerns; nothing is written here.
 */
public final class EnvironmentVariables {
    /** The first of these that is there is the one that Ansible reads. */
    private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");

    private static final int DEEPEST = 4;

    private final Environment environment;
    private final Path folder;
    private final Map<String, String> changed = new LinkedHashMap<>();

    public EnvironmentVariables(Environment environment) {
        this.environment = environment;
        this.folder = environment.variables();
    }

    /** What has been changed so far: new texts by file, relative to the folder of the environment. */
    public Map<String, String> changed() {
        return Map.copyOf(changed);
    }

    /** Those that are written for this owner itself; what Ansible reads last and so counts comes last. */
    public List<WrittenVariable> of(VariableOwner owner) throws IOException, RefusedException {
        var found = new ArrayList<WrittenVariable>();
        for (var file : hosts()) {
            found.addAll(edit(file).variables(owner, file));
        }
        for (var file : files(owner)) {
            found.addAll(VarsText.of(text(file), file).variables());
        }
        return found;
    }

    /** One variable of all hosts, by host, where it is written for them: {@code host_vars} counts for more than the hosts files. */
    public Map<String, String> ofHosts(String variable) throws IOException, RefusedException {
        var found = new LinkedHashMap<String, String>();
        for (var file : hosts()) {
            if (text(file).contains(variable)) {
                found.putAll(edit(file).values(variable));
            }
        }
        for (var host : ownFiles(variable)) {
            for (var written : of(VariableOwner.host(host))) {
                if (written.name().equals(variable) && !written.vaulted()) {
                    found.put(host, written.value());
                }
            }
        }
        return found;
    }

    /** The hosts with a file of their own that names this variable. */
    private List<String> ownFiles(String variable) throws IOException {
        var there = folder.resolve("host_vars");
        var hosts = new ArrayList<String>();
        for (var path : FileTrees.in(there)) {
            var name = String.valueOf(path.getFileName()).replaceFirst("\\.(yml|yaml|json)$", "");
            if (Files.isDirectory(path) || Files.readString(path, ISO_8859_1).contains(variable)) {
                hosts.add(name);
            }
        }
        return hosts;
    }

    /** With this value, where the variable is written now; one that is new is put into the owner's own file. */
    public void set(VariableOwner owner, String name, Object value) throws IOException, RefusedException {
        if (!replaced(owner, name, value)) {
            setInOwnFile(owner, name, value);
        }
    }

    /**
     * The same, but one that is new is put where the hosts file names the host; into the host's own file where it only stands in a
     * range, or where the entry is shared.
     */
    public void setAtHost(String host, String name, Object value) throws IOException, RefusedException {
        var owner = VariableOwner.host(host);
        if (!replaced(owner, name, value) && !given(host, name, value)) {
            setInOwnFile(owner, name, value);
        }
    }

    private boolean given(String host, String name, Object value) throws IOException {
        for (var file : hosts()) {
            try {
                changed.put(file, edit(file).give(host, name, value));
                return true;
            } catch (RefusedException e) {
                // the next file may name it, and every host may have a file of its own
            }
        }
        return false;
    }

    private void setInOwnFile(VariableOwner owner, String name, Object value) throws IOException, RefusedException {
        var file = ownFile(owner, files(owner));
        changed.put(file, VarsText.of(text(file), file).set(name, value));
    }

    private boolean replaced(VariableOwner owner, String name, Object value) throws IOException, RefusedException {
        for (var file : files(owner).reversed()) {
            var vars = VarsText.of(text(file), file);
            if (vars.has(name)) {
                changed.put(file, vars.set(name, value));
                return true;
            }
        }
        // What the last file says counts.
        for (var file : hosts().reversed()) {
            var edit = edit(file);
            var inline = edit.variables(owner, file);
            if (names(inline).contains(name)) {
                refuseVaulted(inline, name);
                changed.put(file, edit.set(owner, name, value));
                return true;
            }
        }
        return false;
    }

    /** Without this variable, wherever it is written for this owner. */
    public void unset(VariableOwner owner, String name) throws IOException, RefusedException {
        boolean found = false;
        for (var file : files(owner)) {
            var vars = VarsText.of(text(file), file);
            if (vars.has(name)) {
                changed.put(file, vars.unset(name));
                found = true;
            }
        }
        for (var file : hosts()) {
            var edit = edit(file);
            var inline = edit.variables(owner, file);
            if (names(inline).contains(name)) {
                refuseVaulted(inline, name);
                changed.put(file, edit.unset(owner, name));
                found = true;
            }
        }
        if (!found) {
            throw RefusedException.missing("no variable " + name + " is written for " + owner);
        }
    }

    private static List<String> names(List<WrittenVariable> variables) {
        return variables.stream().map(WrittenVariable::name).toList();
    }

    private static void refuseVaulted(List<WrittenVariable> variables, String name) throws RefusedException {
        for (var variable : variables) {
            if (variable.name().equals(name) && variable.vaulted()) {
                throw new RefusedException(name + " is vaulted (" + variable.file() + ":" + variable.line()
                        + "); change it with ansible-vault encrypt_string");
            }
        }
    }

    private List<String> hosts() {
        return List.copyOf(environment.hostsFiles().keySet());
    }

    private InventoryEdit edit(String file) throws IOException, RefusedException {
        return InventoryFile.edit(path(file), text(file));
    }

    private Path path(String file) {
        return environment.hostsFiles().getOrDefault(file, folder.resolve(file));
    }

    private String text(String file) throws IOException {
        var known = changed.get(file);
        var path = path(file);
        return known != null ? known : Files.isRegularFile(path) ? Files.readString(path) : "";
    }

    /** The files that Ansible reads for this owner, in its order. */
    private List<String> files(VariableOwner owner) throws IOException {
        var found = new ArrayList<String>();
        for (var ending : ENDINGS) {
            var path = folder.resolve(owner.folder()).resolve(owner.name() + ending);
            if (Files.isDirectory(path)) {
                collect(path, 0, found);
                break;
            }
            if (Files.isRegularFile(path)) {
                found.add(shown(path));
                break;
            }
        }
        return found;
    }

    private String shown(Path path) {
        return folder.relativize(path).toString();
    }

    private void collect(Path below, int depth, List<String> found) throws IOException {
        for (var path : FileTrees.in(below)) {
            if (!InventoryFiles.isRead(path)) {
                continue;
            }
            if (Files.isRegularFile(path)) {
                found.add(shown(path));
            } else if (Files.isDirectory(path) && depth < DEEPEST) {
                collect(path, depth + 1, found);
            }
        }
    }

    private String ownFile(VariableOwner owner, List<String> files) throws RefusedException {
        var place = folder.resolve(owner.folder()).resolve(owner.name());
        if (Files.isDirectory(place)) {
            return shown(place.resolve("vars.yml"));
        }
        return files.stream().findFirst().orElse(shown(place) + ".yml");
    }
}
