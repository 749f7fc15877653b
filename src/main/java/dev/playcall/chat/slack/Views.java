package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.Channel;
import dev.playcall.chat.ForeignText;
import dev.playcall.chat.Form;
import dev.playcall.chat.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Windows and the home tab. Pure. */
final class Views {
    static final String FORM = "form";
    private static final String FIELD = "field.";
    private static final String VALUE = "value";
    private static final int TITLE = 23;
    private static final int LONGEST_INPUT = 3000;

    private Views() {}

    /** What a window remembers: where the wish was said and, for a form, the number of the wish. */
    record Memory(String channel, long wish) {
        String written() {
            return Json.object().put("channel", channel).put("wish", wish).toString();
        }

        static Optional<Memory> of(String text) {
            return Json.read(text)
                    .filter(n -> Channel.of(n.path("channel").asText()).isPresent())
                    .map(n -> new Memory(
                            n.path("channel").asText(), n.path("wish").asLong()));
        }
    }

    static ObjectNode loading(String title, Memory memory) {
        var blocks = Json.array();
        blocks.addObject().put("type", "section").set("text", Json.plain("One moment …"));
        return modal(title, blocks, memory);
    }

    static ObjectNode text(String title, Message message, Memory memory) {
        return modal(title, SlackRenderer.view(message), memory);
    }

    private static ObjectNode modal(String title, ArrayNode blocks, Memory memory) {
        var view = Json.object("modal");
        view.set("title", Json.plain(ForeignText.line(title, TITLE)));
        view.set("close", Json.plain("Close"));
        view.put("private_metadata", memory.written());
        view.set("blocks", blocks);
        return view;
    }

    static ObjectNode home(Message message) {
        var view = Json.object("home");
        view.set("blocks", SlackRenderer.view(message));
        return view;
    }

    static ObjectNode form(Form form, String channel) {
        var blocks = SlackRenderer.view(Message.line(Message.Tone.PLAIN, form.why()));
        form.fields().forEach(f -> blocks.add(input(f)));
        var view = modal(form.title(), blocks, new Memory(channel, form.wish()));
        view.put("callback_id", FORM);
        view.set("submit", Json.plain("Start"));
        view.set("close", Json.plain("Cancel"));
        return view;
    }

    private static ObjectNode input(Form.Field field) {
        var block = Json.object("input").put("block_id", block(field.name())).put("optional", !field.required());
        block.set("label", Json.plain(ForeignText.line(field.name(), 100)));
        if (!field.hint().isBlank()) {
            block.set("hint", Json.plain(ForeignText.line(field.hint(), 150)));
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
        var menu = Json.object("static_select").put("action_id", VALUE);
        var options = menu.putArray("options");
        field.choices().forEach(c -> options.add(option(c)));
        field.value().filter(field.choices()::contains).ifPresent(v -> menu.set("initial_option", option(v)));
        return menu;
    }

    private static ObjectNode option(String choice) {
        var option = Json.object().put("value", choice);
        option.set("text", Json.plain(choice));
        return option;
    }

    private static ObjectNode typed(Form.Field field) {
        var input = Json.object("plain_text_input").put("action_id", VALUE).put("max_length", LONGEST_INPUT);
        if (field.secret()) {
            return input.put("multiline", true);
        }
        field.value()
                .filter(v -> !v.isEmpty() && v.length() <= LONGEST_INPUT)
                .ifPresent(v -> input.put("initial_value", v));
        return input;
    }

    static String block(String field) {
        return FIELD + field;
    }

    /** What was filled in. */
    static Map<String, String> values(JsonNode view) {
        var values = new HashMap<String, String>();
        for (var block : view.at("/state/values").properties()) {
            if (block.getKey().startsWith(FIELD)) {
                var element = block.getValue().path(VALUE);
                var value =
                        element.has("selected_option") ? element.at("/selected_option/value") : element.path("value");
                if (value.isTextual()) {
                    values.put(block.getKey().substring(FIELD.length()), value.textValue());
                }
            }
        }
        return values;
    }
}
