package dev.playcall.web.start;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.web.start.StartView.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a run without a playbook: which module, and what it is given. */
final class ModuleFields {
    /** One argument a line, {@code key=value}; for {@code command} and {@code shell} what they execute. */
    static final String ARGUMENTS = "args";

    private static final String MODULE = "module";
    private static final String BECOME = "become";

    private ModuleFields() {}

    /** @param modules those that are allowed */
    static List<VariableSpec> specs(List<String> modules) {
        return List.of(
                spec(MODULE, VariableSpec.Type.CHOICE, "allowed by adhoc.modules in playcall.yml", modules, true),
                spec(
                        ARGUMENTS,
                        VariableSpec.Type.TEXT,
                        "one key=value a line; for command and shell the command itself",
                        List.of(),
                        false),
                spec(BECOME, VariableSpec.Type.BOOLEAN, "as root, or whom the inventory names", List.of(), false));
    }

    private static VariableSpec spec(
            String name, VariableSpec.Type type, String description, List<String> choices, boolean required) {
        return new VariableSpec(
                name, type, description, choices, Optional.empty(), Optional.empty(), required, Optional.empty());
    }

    /** The request that the form makes. */
    static StartCommand command(StartForm form) {
        var written = form.given().getOrDefault(ARGUMENTS, "").strip();
        var task = new AdhocTask(
                form.given().getOrDefault(MODULE, ""),
                "",
                !form.given().getOrDefault(BECOME, "").isEmpty());
        boolean text = task.takesText() || !isNamed(written);
        return new StartCommand(
                        form.operation(),
                        form.environment(),
                        Optional.empty(),
                        form.limit(),
                        List.of(),
                        form.check(),
                        form.check(),
                        text ? Map.of() : arguments(written),
                        form.name(),
                        form.why())
                .with(Optional.of(new AdhocTask(task.module(), text ? written : "", task.become())));
    }

    private static boolean isNamed(String written) {
        return written.lines().map(String::strip).allMatch(l -> l.isEmpty() || l.indexOf('=') > 0);
    }

    private static Map<String, Object> arguments(String written) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        written.lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(line -> {
            int equals = line.indexOf('=');
            arguments.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        });
        return arguments;
    }

    /** The same fault at the field that it is about: {@code args.state} is written in the field of all arguments. */
    static Fault placed(Fault fault) {
        var field = fault.field().replaceFirst("^args\\..*", ARGUMENTS);
        return List.of(MODULE, ARGUMENTS, BECOME).contains(field)
                ? new Fault("variables." + field, fault.text())
                : fault;
    }
}
