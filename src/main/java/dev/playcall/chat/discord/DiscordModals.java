package dev.playcall.chat.discord;

import dev.playcall.chat.message.Form;
import dev.playcall.chat.message.UntrustedText;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Forms as Discord's modal windows. Pure. */
final class DiscordModals {
    private static final String ID = "form:";
    private static final int LABEL = 18;
    private static final int TEXT = 4;
    private static final int SHORT = 1;
    private static final int PARAGRAPH = 2;
    private static final int MOST_FIELDS = 5;
    private static final int LONGEST = 4000;

    private DiscordModals() {}

    static DataObject json(Form form) {
        var fields = DataArray.empty();
        form.fields().stream().limit(MOST_FIELDS).map(DiscordModals::field).forEach(fields::add);
        return DataObject.empty()
                .put("custom_id", ID + form.request())
                .put("title", UntrustedText.line(form.title(), 45))
                .put("components", fields);
    }

    private static DataObject field(Form.Field field) {
        var choices = String.join(", ", field.choices());
        var input = DataObject.empty()
                .put("type", TEXT)
                .put("custom_id", UntrustedText.cut(field.name(), 100))
                .put("style", field.secret() ? PARAGRAPH : SHORT)
                .put("required", field.required())
                .put("max_length", LONGEST);
        var holder = choices.isEmpty() ? field.hint() : "one of: " + choices;
        if (!holder.isBlank()) {
            input.put("placeholder", UntrustedText.line(holder, 100));
        }
        field.value().filter(v -> !v.isEmpty()).ifPresent(v -> input.put("value", UntrustedText.cut(v, LONGEST)));
        var labelled = DataObject.empty()
                .put("type", LABEL)
                .put("label", UntrustedText.line(field.name(), 45))
                .put("component", input);
        var help = choices.isEmpty() || field.hint().isBlank() ? field.hint() : field.hint() + " (" + choices + ")";
        return help.isBlank() ? labelled : labelled.put("description", UntrustedText.line(help, 100));
    }

    /** The request a submitted form belongs to. */
    public static Optional<Long> pendingRequest(String id) {
        return id.matches(ID + "[1-9]\\d{0,14}")
                ? Optional.of(Long.parseLong(id.substring(ID.length())))
                : Optional.empty();
    }
}
