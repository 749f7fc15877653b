package dev.playcall.web.notifications;

import dev.playcall.web.http.Forms;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A route as it was filled in.
 *
 * @param conditions as many as the form has, empty ones too
 * @param receivers those that are chosen
 * @param texts the other fields by their key in the configuration file
 */
record RouteForm(List<Condition> conditions, List<String> receivers, boolean goOn, Map<String, String> texts) {
    static final List<String> OPERATORS = List.of("=", "!=", "=~", "!~", ">=");
    private static final int CONDITIONS = 4;
    private static final List<String> TIMES = List.of("wait", "repeat");
    private static final String GROUP = "group_by";

    RouteForm {
        conditions = List.copyOf(conditions);
        receivers = List.copyOf(receivers);
        texts = Map.copyOf(texts);
    }

    /** One condition; without a label it is none. */
    record Condition(String label, String operator, String value) {
        private String text() {
            return label + operator + (operator.equals(">=") ? value : "\"" + value.replace("\"", "\\\"") + "\"");
        }
    }

    static RouteForm empty() {
        return new RouteForm(
                IntStream.range(0, CONDITIONS)
                        .mapToObj(_ -> new Condition("", "=", ""))
                        .toList(),
                List.of(),
                false,
                Map.of());
    }

    static RouteForm of(Context ctx) {
        var texts = new LinkedHashMap<String, String>();
        TIMES.forEach(key -> texts.put(key, text(ctx, key)));
        texts.put(GROUP, text(ctx, GROUP));
        var conditions = IntStream.range(0, CONDITIONS)
                .mapToObj(i -> new Condition(
                        text(ctx, "label" + i),
                        Forms.text(ctx, "operator" + i)
                                .filter(OPERATORS::contains)
                                .orElse("="),
                        text(ctx, "value" + i)))
                .toList();
        var receivers = Forms.texts(ctx, "receivers");
        return new RouteForm(conditions, receivers, Forms.text(ctx, "continue").isPresent(), texts);
    }

    private static String text(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    String text(String key) {
        return texts.getOrDefault(key, "");
    }

    /** As in the configuration file. */
    Map<String, Object> definition() {
        var fields = new LinkedHashMap<String, Object>();
        var match = new ArrayList<String>();
        conditions.stream()
                .filter(c -> !c.label().isEmpty() || !c.value().isEmpty())
                .forEach(c -> match.add(c.text()));
        if (!match.isEmpty()) {
            fields.put("match", match);
        }
        fields.put("receivers", receivers);
        if (goOn) {
            fields.put("continue", true);
        }
        if (!text(GROUP).isEmpty()) {
            fields.put(GROUP, ReceiverForm.parts(text(GROUP)));
        }
        TIMES.stream().filter(k -> !text(k).isEmpty()).forEach(k -> fields.put(k, text(k)));
        return fields;
    }
}
