package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlDifference;
import dev.playcall.config.yaml.YamlSplice;
import dev.playcall.config.yaml.YamlSplice.CannotSpliceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The variables that {@code hosts.yml} itself gives to one host or one group. */
final class InlineVariables {
    private final String text;
    private final Yaml tree;
    private final List<Place> places = new ArrayList<>();

    private record Place(List<String> path, Yaml.Mapping variables) {}

    InlineVariables(String text, Yaml tree, VariableOwner owner) {
        this.text = text;
        this.tree = tree;
        HostsEdit.walk(tree, List.of(), (name, path, parts) -> {
            if (!(parts instanceof Yaml.Mapping m)) {
                return;
            }
            switch (owner.kind()) {
                case HOST -> {
                    if (m.entries().get("hosts") instanceof Yaml.Mapping hosts) {
                        take(hosts.entries().get(owner.name()), path, "hosts", owner.name());
                    }
                }
                case GROUP -> {
                    if (name.equals(owner.name())) {
                        take(m.entries().get("vars"), path, "vars");
                    }
                }
            }
        });
    }

    private void take(@org.jspecify.annotations.Nullable Yaml found, List<String> path, String... more) {
        if (found instanceof Yaml.Mapping variables) {
            var whole = new ArrayList<>(path);
            whole.addAll(List.of(more));
            places.add(new Place(whole, variables));
        }
    }

    List<WrittenVariable> written(String file) {
        var written = new ArrayList<WrittenVariable>();
        for (var place : places) {
            place.variables()
                    .entries()
                    .forEach((name, value) -> written.add(WrittenVariable.of(
                            name,
                            value,
                            file,
                            place.variables()
                                    .keyPlaces()
                                    .getOrDefault(name, value.place())
                                    .line())));
        }
        return written;
    }

    String set(String name, String value) throws RefusedException {
        return changed(name, (splice, path) -> splice.set(path, name, value));
    }

    String unset(String name) throws RefusedException {
        return changed(name, (splice, path) -> splice.remove(path, name));
    }

    /**
     * With one more, where the owner has some already.
     *
     * @param entry the owner itself, for one that has none yet
     */
    String add(List<String> entry, String name, String value) throws RefusedException {
        var path = places.isEmpty() ? entry : places.getFirst().path();
        try {
            return checked(YamlSplice.of(text).put(path, name, value), List.of(path), name);
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    private interface Change {
        String of(YamlSplice splice, List<String> path) throws CannotSpliceException;
    }

    private String changed(String name, Change change) throws RefusedException {
        var left = text;
        try {
            for (var place : places) {
                if (place.variables().entries().containsKey(name)) {
                    left = change.of(YamlSplice.of(left), place.path());
                }
            }
            return checked(left, places.stream().map(Place::path).toList(), name);
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    private String checked(String after, List<List<String>> paths, String name) throws RefusedException {
        if (!YamlDifference.isOnly(Optional.of(tree), Optional.of(HostsEdit.tree(after)), paths, name)) {
            throw new RefusedException("this would change more in hosts.yml; edit it by hand");
        }
        return after;
    }
}
