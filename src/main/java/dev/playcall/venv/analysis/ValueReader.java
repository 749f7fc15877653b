package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.Yaml;
import java.util.Map;

/** Reads values: the expressions in them, and the keywords that name plugins. */
final class ValueReader {
    private static final Map<String, PluginKind> PLUGINS = Map.of(
            "connection", PluginKind.CONNECTION,
            "ansible_connection", PluginKind.CONNECTION,
            "become_method", PluginKind.BECOME,
            "ansible_become_method", PluginKind.BECOME,
            "strategy", PluginKind.STRATEGY);

    private final PluginUses uses;
    private final Expressions expressions;

    ValueReader(PluginUses uses) {
        this.uses = uses;
        this.expressions = new Expressions(uses);
    }

    /** The keywords of a play, block, role or task that name plugins or collections. */
    void keywords(Yaml.Mapping owner) {
        plugins(owner);
        Nodes.entry(owner, "vars").ifPresent(vars -> {
            if (vars instanceof Yaml.Mapping mapping) {
                plugins(mapping);
            }
        });
        for (var name : Nodes.items(Nodes.entry(owner, "collections"))) {
            Nodes.text(name).ifPresent(uses::collection);
        }
        for (var defaults : Nodes.items(Nodes.entry(owner, "module_defaults"))) {
            if (defaults instanceof Yaml.Mapping mapping) {
                TaskReader.defaults(uses, mapping.entries());
            }
        }
    }

    private void plugins(Yaml.Mapping owner) {
        PLUGINS.forEach((key, kind) -> Nodes.text(owner, key)
                .filter(name -> !Nodes.isTemplated(name))
                .ifPresent(name -> uses.plugin(kind, name, Nodes.place(owner))));
    }

    /** Every expression in a value, however deep. */
    void value(String key, Yaml value) {
        switch (value) {
            case Yaml.Scalar scalar -> scalar(key, scalar);
            case Yaml.Sequence sequence -> sequence.items().forEach(item -> value(key, item));
            case Yaml.Mapping mapping -> mapping.entries().forEach(this::value);
        }
    }

    /** Of a text that is not YAML. */
    void template(String text, String place) {
        expressions.template(text, place);
    }

    private void scalar(String key, Yaml.Scalar scalar) {
        if (Keywords.CONDITIONS.contains(key)) {
            expressions.condition(scalar.text(), Nodes.place(scalar));
        } else {
            expressions.template(scalar.text(), Nodes.place(scalar));
        }
    }
}
