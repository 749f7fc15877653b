package dev.playcall.venv.analysis;

import dev.playcall.catalog.playbook.FolderHash;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a playbook needs.
 *
 * @param sha256 of everything that it is made of, 64 hexadecimal digits; the same on every machine and with every version of Ansible
 * @param files what was hashed, by their names below the folder of the playbooks, sorted; empty for one that is shared
 * @param collections sorted, without ansible.builtin
 * @param pythonPackages as pip's requirements, ansible-core first and the rest sorted
 * @param python the versions of Python that will do, {@code >=3.10}
 * @param systemPackages what the collections say they need of the system, by the names of Debian, sorted; nobody installs them
 * @param unresolved what cannot be known and has to be declared; empty when the analysis is complete
 */
public record Analysis(
        String sha256,
        List<String> files,
        List<String> collections,
        List<String> pythonPackages,
        String python,
        List<String> systemPackages,
        List<Finding> unresolved) {
    private static final String SHARED = "playcall-venv-shared-1";

    public Analysis {
        files = List.copyOf(files);
        collections = List.copyOf(collections);
        pythonPackages = List.copyOf(pythonPackages);
        systemPackages = List.copyOf(systemPackages);
        unresolved = List.copyOf(unresolved);
    }

    /** The same of all playbooks that need the same: the hash is of what they need, and no file is hashed. */
    public Analysis shared() {
        var parts = List.of(SHARED, python, lines(collections), lines(pythonPackages), lines(unresolved));
        var sum = FolderHash.text(String.join("\0", parts));
        return new Analysis(sum, List.of(), collections, pythonPackages, python, systemPackages, unresolved);
    }

    private static String lines(List<?> entries) {
        return entries.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    public boolean isShared() {
        return files.isEmpty();
    }

    /**
     * Something that the analysis cannot know.
     *
     * @param place {@code tasks/x.yml:12}, relative to the folder of the playbooks
     * @param message one line that names what is unknown
     */
    public record Finding(String place, String message) implements Comparable<Finding> {
        @Override
        public int compareTo(Finding other) {
            int byPlace = place.compareTo(other.place);
            return byPlace == 0 ? message.compareTo(other.message) : byPlace;
        }

        @Override
        public String toString() {
            return place + ": " + message;
        }
    }
}
