package dev.playcall.venv.analysis;

import java.util.List;

/**
 * What the description of a playbook says of its Python environment ({@code venv:} in {@code <name>.meta.yml}); it adds to what is
 * found, and settles what cannot be.
 *
 * @param collections {@code community.general}
 * @param pythonPackages as pip's requirements, {@code jmespath>=1.0}
 * @param python the versions of Python, {@code >=3.10}; empty for those of ansible-core
 */
public record Needs(List<String> collections, List<String> pythonPackages, String python) {
    public static final Needs NONE = new Needs(List.of(), List.of(), "");

    public Needs {
        collections = List.copyOf(collections);
        pythonPackages = List.copyOf(pythonPackages);
    }

    boolean isEmpty() {
        return collections.isEmpty() && pythonPackages.isEmpty() && python.isEmpty();
    }
}
