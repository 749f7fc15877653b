package dev.playcall.config.binding;

import dev.playcall.config.Config;
import dev.playcall.config.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code adhoc:}. */
final class AdhocBinding {
    /** They read what a host is like and change nothing. */
    static final List<String> USUAL = List.of("ping", "setup", "service_facts", "package_facts");

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*){0,4}");
    /** Ansible knows them beside modules: they read files of the controller, or take nothing but free text. */
    private static final Pattern NO_MODULE =
            Pattern.compile("(.*\\.)?(include(_.*)?|import_.*|meta|block|raw|script|set_fact|add_host|group_by)");

    private AdhocBinding() {}

    static Config.Adhoc read(Section s) {
        s.usually("modules", String.join(", ", USUAL));
        var names = names(s);
        // An empty list is written on purpose: it allows nothing.
        var modules = names.isEmpty() && s.raw("modules").isEmpty() ? USUAL : names;
        s.end();
        return new Config.Adhoc(modules);
    }

    private static List<String> names(Section s) {
        var names = s.texts("modules").stream().map(String::strip).distinct().toList();
        names.forEach(n -> problem(n).ifPresent(p -> s.wrong(s.place("modules"), "modules", p)));
        return names.stream().filter(n -> problem(n).isEmpty()).toList();
    }

    private static Optional<String> problem(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("\"" + name + "\" is not the name of a module (try service or community.general.ufw)");
        }
        return NO_MODULE.matcher(name).matches()
                ? Optional.of(name + " cannot be run without a playbook")
                : Optional.empty();
    }
}
