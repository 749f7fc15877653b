package dev.playcall.venv.analysis;

import java.util.Locale;

/** The kinds of Ansible's plugins that a playbook names. An action is a module here, as in a playbook. */
enum PluginKind {
    MODULE,
    FILTER,
    TEST,
    LOOKUP,
    CONNECTION,
    BECOME,
    STRATEGY,
    CALLBACK;

    /** As the table of short names has it: {@code module}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
