package dev.playcall.chat.slack.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Form;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Windows and the home tab. Pure. */
public final class SlackViews {
    public static final String FORM = "form";
    private static final String FIELD = "field.";
    private static final String VALUE = "value";
    private static final int TITLE = 23;
    private static final int LONGEST_INPUT = 3000;

    private SlackViews() {}

    /** What a window remembers: where the request was said and, for a form, the number of the request. */
    public record Metadata(String channel, long request) {
        public String written() {
            return SlackJson.object()
                    .put("channel", channel)
                    .put("wish", request)
                    .toString();
        }

        public static Optional<Metadata> of(String text) {
            return SlackJson.read(text)
                    .filter(n -> Channel.of(n.path("channel").asText()).isPresent())
                    .map(n -> new Metadata(
                            n.path("channel").asText(), n.path("wish").asLong()));
        }
    }

    public static ObjectNode loading(String title, Metadata memory) {
        var blocks = SlackJson.array();
        blocks.addObject().put("type", "section").set("text", SlackJson.plain("One moment …"));
        return modal(title, blocks, memory);
    }

    public static ObjectNode text(String title, Message message, Metadata memory) {
        return modal(title, SlackRenderer.view(message), memory);
    }

    private static ObjectNode modal(String title, ArrayNode blocks, Metadata memory) {
        var view = SlackJson.object("modal");
        view.set("title", SlackJson.plain(UntrustedText.line(title, TITLE)));
        view.set("close", SlackJson.plain("Close"));
        view.put("private_metadata", memory.written());
        view.set("blocks", blocks);
        return view;
    }

    public static ObjectNode home(Message message) {
        var view = SlackJson.object("home");
        view.set("blocks", SlackRenderer.view(message));
        return view;
    }

    public static ObjectNode form(Form form, String channel) {
        var blocks = SlackRenderer.view(Message.line(Message.Tone.PLAIN, form.why()));
        form.fields().forEach(f -> blocks.add(input(f)));
        var view = modal(form.title(), blocks, new Metadata(channel, form.request()));
        view.put("callback_id", FORM);
        view.set("submit", SlackJson.plain("Start"));
        view.set("close", SlackJson.plain("Cancel"));
        return view;
    }

    private static ObjectNode input(Form.Field field) {
        var block =
                SlackJson.object("input").put("block_id", block(field.name())).put("optional", !field.required());
        block.set("label", SlackJson.plain(UntrustedText.line(field.name(), 100)));
        if (!field.hint().isBlank()) {
            block.set("hint", SlackJson.plain(UntrustedText.line(field.hint(), 150)));
        }
        block.set("element", fitsMenu(field.choices()) ? menu(field) : typed(field));
        return block;
    }

    private static boolean fitsMenu(List<String> choices) {
        return !choices.isEmpty()
                && choices.size() <= 100
                && choices.stream().allMatch(c -> !c.isBlank() && c.length() <= 75)
                && choices.stream().distinct().count() == choices.size();
    }

    private static ObjectNode menu(Form.Field field) {
        var menu = SlackJson.object("static_select").put("action_id", VALUE);
        var options = menu.putArray("options");
        field.choices().forEach(c -> options.add(option(c)));
        field.value().filter(field.choices()::contains).ifPresent(v -> menu.set("initial_option", option(v)));
        return menu;
    }

    private static ObjectNode option(String choice) {
        var option = SlackJson.object().put("value", choice);
        option.set("text", SlackJson.plain(choice));
        return option;
    }

    private static ObjectNode typed(Form.Field field) {
        var input = SlackJson.object("plain_text_input").put("action_id", VALUE).put("max_length", LONGEST_INPUT);
        if (field.secret()) {
            return input.put("multiline", true);
        }
        field.value()
                .filter(v -> !v.isEmpty() && v.length() <= LONGEST_INPUT)
                .ifPresent(v -> input.put("initial_value", v));
        return input;
    }

    public static String block(String field) {
        return FIELD + field;
    }

    /** What was filled in. */
    public static Map<String, String> values(View view) {
        var values = new HashMap<String, String>();
        Optional.ofNullable(view.getState())
                .map(ViewState::getValues)
                .orElse(Map.of())
                .forEach((block, elements) -> {
                    if (block.startsWith(FIELD)) {
                        value(elements.get(VALUE)).ifPresent(v -> values.put(block.substring(FIELD.length()), v));
                    }
                });
        return values;
    }

    private static Optional<String> value(ViewState.@Nullable Value element) {
        return Optional.ofNullable(element)
                .map(e -> e.getSelectedOption() == null
                        ? e.getValue()
                        : e.getSelectedOption().getValue());
    }
}
