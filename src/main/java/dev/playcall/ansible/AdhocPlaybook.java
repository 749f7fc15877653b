package dev.playcall.ansible;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.runner.directory.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The playbook of a run that has none: one play with one task (two for {@code setup}). What people wrote stands in it as {@code !unsafe} text, which
 * Ansible never takes for a template; a secret is a variable, as the file is kept after the run.
 */
final class AdhocPlaybook {
    /** What {@code ansible} finds beside the playbooks, from where it is called. */
    private static final List<String> BESIDE =
            List.of("group_vars", "host_vars", "library", "module_utils", "filter_plugins", "lookup_plugins");

    /** Ansible keeps what setup found out of its output, whatever the verbosity. */
    private static final String SHOWN_FACTS =
            "    - name: \"facts\"\n      ansible.builtin.debug:\n        var: ansible_facts\n";

    /** What is executed; the user of runs may own it, so the copy that is kept is another file. */
    static final String FILE = "adhoc.yml";

    private static final String SECRET = "playcall_argument_";

    private AdhocPlaybook() {}

    static Path write(RunRequest request, AdhocTask task, Path playbooks, Path folder) throws IOException {
        for (var name : BESIDE) {
            var there = playbooks.resolve(name);
            if (Files.isDirectory(there)) {
                Files.createSymbolicLink(folder.resolve(name), there);
            }
        }
        var file = folder.resolve(FILE);
        PrivateFiles.write(file, text(request, task).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static Map<String, String> arguments(RunRequest request, AdhocTask task) {
        var arguments = new LinkedHashMap<String, String>();
        if (!task.text().isEmpty()) {
            arguments.put("cmd", unsafe(task.text()));
        }
        request.variables().forEach((name, value) -> arguments.put(name, written(name, value)));
        return arguments;
    }

    static String text(RunRequest request, AdhocTask task) {
        var arguments = arguments(request, task);
        var text = new StringBuilder("- name: " + request.operation() + "\n  hosts: all\n  gather_facts: false\n");
        text.append(task.become() ? "  become: true\n" : "");
        text.append("  tasks:\n    - name: ").append(quoted(task.module())).append('\n');
        text.append("      ").append(resolved(task.module())).append(':');
        text.append(arguments.isEmpty() ? " {}\n" : "\n");
        arguments.forEach((name, value) -> text.append("        ")
                .append(quoted(name))
                .append(": ")
                .append(value)
                .append('\n'));
        if (AdhocTask.shortName(task.module()).equals("setup")) {
            text.append(SHOWN_FACTS);
        }
        return text.toString();
    }

    /** The secret arguments, by the variables that the playbook has for them. */
    static SortedMap<String, Value> secrets(Map<String, Value> arguments) {
        var secrets = new TreeMap<String, Value>();
        arguments.forEach((name, value) -> {
            if (value instanceof Value.Secret) {
                secrets.put(SECRET + name, value);
            }
        });
        return secrets;
    }

    /** A short name with its namespace, which no keyword of a task can be taken for. */
    private static String resolved(String module) {
        return module.contains(".") ? module : "ansible.legacy." + module;
    }

    private static String written(String name, Value value) {
        return switch (value) {
            case Value.Text(var text) -> unsafe(text);
            case Value.Decimal(var number) -> number.toPlainString();
            case Value.Flag(var flag) -> Boolean.toString(flag);
            case Value.Items(var items) ->
                "["
                        + String.join(
                                ", ", items.stream().map(AdhocPlaybook::unsafe).toList()) + "]";
            // The filter keeps a secret that looks like a list from becoming one.
            case Value.Secret _ -> quoted("{{ " + SECRET + name + " | string }}");
        };
    }

    private static String unsafe(String text) {
        return "!unsafe " + quoted(text);
    }

    /** A double-quoted scalar in which everything but plain ASCII is written as its number. */
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.appendCodePoint(c);
            } else {
                out.append("\\U%08x".formatted(c));
            }
        });
        return out.append('"').toString();
    }
}
