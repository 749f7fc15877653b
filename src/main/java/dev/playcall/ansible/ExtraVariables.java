package dev.playcall.ansible;

import dev.playcall.domain.Value;
import dev.playcall.runner.Launcher.CannotLaunchException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text goes in as unsafe data: Ansible executes templates in extra variables otherwise, lookups and all. */
final class ExtraVariables {
    private ExtraVariables() {}

    /** Finds the value of a secret variable. */
    @FunctionalInterface
    interface Opening {
        String open(String variable, Value.Secret secret) throws CannotLaunchException;
    }

    static Map<String, Object> of(Map<String, Value> variables, Opening secrets) throws CannotLaunchException {
        var out = new LinkedHashMap<String, Object>();
        for (var entry : variables.entrySet()) {
            var name = entry.getKey();
            switch (entry.getValue()) {
                case Value.Text(var text) -> out.put(name, unsafe(text));
                case Value.Decimal(var number) -> out.put(name, number);
                case Value.Flag(var flag) -> out.put(name, flag);
                case Value.Items(var items) ->
                    out.put(name, items.stream().map(ExtraVariables::unsafe).toList());
                case Value.Secret secret -> {
                    if (secret.usage() == Value.Secret.Usage.VARIABLE) {
                        out.put(name, unsafe(secrets.open(name, secret)));
                    }
                }
            }
        }
        return out;
    }

    private static Map<String, String> unsafe(String text) {
        return Map.of("__ansible_unsafe", text);
    }
}
