package dev.playcall.web.hosts;

import dev.playcall.web.http.Forms;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;

/**
 * A form that was refused, so that nothing that was typed is lost.
 *
 * @param name of the form; empty when none was sent
 * @param fields as they were typed
 */
record SentForm(String name, Map<String, String> fields, String wrong) {
    static final SentForm NONE = new SentForm("", Map.of(), "");

    public SentForm {
        fields = Map.copyOf(fields);
    }

    static SentForm of(Context ctx, String name, String wrong) {
        var fields = new HashMap<String, String>();
        Forms.all(ctx).forEach((field, values) -> fields.put(field, String.join(",", values)));
        return new SentForm(name, fields, wrong);
    }

    /** One that begins with this in a field. */
    static SentForm begun(String name, String field, String value) {
        return new SentForm(name, Map.of(field, value), "");
    }

    /** What is wrong with the form of this name. */
    public String wrong(String form) {
        return name.equals(form) ? wrong : "";
    }

    public String value(String form, String field) {
        return name.equals(form) ? fields.getOrDefault(field, "") : "";
    }
}
