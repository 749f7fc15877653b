package dev.playcall.web.start;

import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.secret.SecretText;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What stands in the form that starts a run, as an address or as a browser sent it.
 *
 * @param sent whether it was sent, so that a box that is not ticked was left so
 * @param find what servers are looked for with
 * @param given the variables, as text
 */
record StartForm(
        boolean sent,
        String operation,
        String environment,
        String playbook,
        String limit,
        String find,
        String tags,
        boolean check,
        Map<String, String> given,
        String name,
        String why,
        String when,
        String at,
        String cron,
        String zone,
        String missed,
        String jitter,
        WaveForm waves,
        String key) {
    static final String VARIABLE = "v.";

    StartForm {
        given = Map.copyOf(given);
    }

    /** As an address has it: what is left out is as usual. */
    static StartForm asked(Context ctx) {
        return of(false, name -> Params.text(ctx, name).orElse(""), List.of(), List.of(), Map.of());
    }

    static StartForm sent(Context ctx) {
        var given = new HashMap<String, String>();
        ctx.formParamMap().forEach((name, values) -> {
            if (name.startsWith(VARIABLE) && !values.isEmpty()) {
                given.put(name.substring(VARIABLE.length()), values.getFirst());
            }
        });
        return of(
                true,
                name -> Forms.text(ctx, name).orElse("").strip(),
                Forms.texts(ctx, "was"),
                Forms.texts(ctx, "target"),
                given);
    }

    /** @param was what was ticked when the page was made: what is not any more is meant to go */
    private static StartForm of(
            boolean sent,
            Function<String, String> field,
            List<String> was,
            List<String> ticked,
            Map<String, String> given) {
        var parts = new LinkedHashSet<>(parts(field.apply("limit")));
        was.stream().filter(w -> !ticked.contains(w)).forEach(parts::remove);
        parts.addAll(ticked);
        return new StartForm(
                sent,
                field.apply("operation"),
                field.apply("environment"),
                field.apply("playbook"),
                String.join(",", parts),
                field.apply("find"),
                field.apply("tags"),
                !field.apply("check").isEmpty(),
                given,
                field.apply("name"),
                field.apply("description"),
                field.apply("when"),
                field.apply("at"),
                field.apply("cron"),
                field.apply("timezone"),
                field.apply("missed"),
                field.apply("jitter"),
                WaveForm.of(field),
                Optional.of(field.apply("key"))
                        .filter(k -> k.matches("[0-9a-f-]{36}"))
                        .orElseGet(() -> UUID.randomUUID().toString()));
    }

    static List<String> parts(String limit) {
        return Stream.of(limit.split("[,\\s]+")).filter(p -> !p.isEmpty()).toList();
    }

    /** The same for another environment. */
    StartForm in(String other) {
        return with(other, limit, given);
    }

    /**
     * The same with these values in the place of its own.
     *
     * @param off variables that are boxes, which are not sent when they are not ticked
     */
    StartForm with(Map<String, Object> values, Collection<String> off) {
        var all = new HashMap<>(given);
        values.forEach((name, value) -> all.put(name, Playbook.written(value)));
        off.forEach(all::remove);
        return with(environment, limit, all);
    }

    /** The same for these servers. */
    StartForm on(String servers) {
        return with(environment, servers, given);
    }

    private StartForm with(String place, String servers, Map<String, String> values) {
        return new StartForm(
                sent, operation, place, playbook, servers, find, tags, check, values, name, why, when, at, cron, zone,
                missed, jitter, waves, key);
    }

    boolean isLater() {
        return when.equals("at") || when.equals("cron");
    }

    /** The request it makes. A secret that was typed is kept when the run is taken. */
    StartCommand command(Collection<VariableSpec> specs) {
        if (operation.equals(Operation.ADHOC.value())) {
            return ModuleFields.command(this);
        }
        var values = new HashMap<String, Object>();
        for (var spec : specs) {
            var text = given.getOrDefault(spec.name(), "");
            if (spec.secret() && !text.isEmpty()) {
                values.put(spec.name(), new SecretText(text));
            } else if (spec.type() == VariableSpec.Type.BOOLEAN
                    && spec.choices().isEmpty()) {
                values.put(spec.name(), !text.isEmpty());
            } else if (!text.isEmpty()) {
                values.put(spec.name(), text);
            }
        }
        return new StartCommand(
                operation,
                environment,
                Optional.of(playbook).filter(p -> !p.isEmpty()),
                limit,
                parts(tags),
                check,
                check,
                values,
                name,
                why);
    }

    /** The request to do it by itself. */
    ScheduleCommand.AddSchedule schedule(StartCommand start) {
        boolean once = when.equals("at");
        return new ScheduleCommand.AddSchedule(once, once ? at : cron, zone, missed, jitter, start);
    }

    /** Only what a browser sent, in the order of the form. */
    List<String> targets() {
        return new ArrayList<>(parts(limit));
    }
}
