package dev.playcall.catalog;

import dev.playcall.config.Config;
import dev.playcall.config.Problem;
import java.util.ArrayList;
import java.util.Map;

/** Reads the whole catalogue once. What is broken is left out and told. */
final class CatalogReader {
    private final Config config;
    private final HostRegister register;

    CatalogReader(Config config, HostRegister register) {
        this.config = config;
        this.register = register;
    }

    Catalog read() {
        var problems = new ArrayList<Problem>();
        var trust = new Trust(config.home(), problems);
        var paths = config.paths();
        var libraries = Libraries.beside(paths.playbooks(), Map.of());
        var environments = new EnvironmentFolders(config, register, trust, problems).read();
        var playbooks = new PlaybookFolder(paths.playbooks(), libraries.own(), trust, problems).read();
        var operations = new Operations(config.operations(), playbooks, problems).read();
        return new Catalog(
                environments,
                playbooks,
                operations,
                problems.stream().map(Problem::toString).distinct().toList());
    }
}
