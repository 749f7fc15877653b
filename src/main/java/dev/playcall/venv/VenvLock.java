package dev.playcall.venv;

import java.util.List;

/**
 * Exactly what an environment was made of; one that is made again gets the same.
 *
 * @param packages as pip's requirements with hashes, {@code jinja2==3.1.2 --hash=sha256:…}, sorted; empty before the first time
 * @param collections as ansible-galaxy has them, {@code community.general:8.1.0}, sorted
 */
public record VenvLock(List<String> packages, List<String> collections) {
    static final VenvLock NONE = new VenvLock(List.of(), List.of());

    public VenvLock {
        packages = List.copyOf(packages);
        collections = List.copyOf(collections);
    }

    boolean isEmpty() {
        return packages.isEmpty();
    }
}
