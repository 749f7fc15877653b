package dev.playcall.venv.analysis;

import java.util.List;

/**
 * What a playbook needs.
 *
 * @param sha256 of everything that it is made of, 64 hexadecimal digits; the same on every machine and with every version of Ansible
 * @param files what was hashed, by their names below the folder of the playbooks, sorted
 * @param collections sorted, without ansible.builtin
 * @param pythonPackages as pip's requirements, ansible-core first and the rest sorted
 * @param python the versions of Python that will do, {@code >=3.10}
 * @param unresolved what cannot be known and has to be declared; empty when the analysis is complete
 */
public record Analysis(
        String sha256,
        List<String> files,
        List<String> collections,
        List<String> pythonPackages,
        String python,
        List<Finding> unresolved) {
    public Analysis {
        files = List.copyOf(files);
        collections = List.copyOf(collections);
        pythonPackages = List.copyOf(pythonPackages);
        unresolved = List.copyOf(unresolved);
    }
}
