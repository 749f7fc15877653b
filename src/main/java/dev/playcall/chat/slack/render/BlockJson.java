package dev.playcall.chat.slack.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import dev.playcall.chat.slack.api.SlackJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The blocks and views of Slack's model as JSON. Pure. */
final class BlockJson {
    private static final Gson GSON = GsonFactory.createSnakeCase()
            .newBuilder()
            .registerTypeAdapterFactory(new SetFlagsOnly())
            .create();

    private BlockJson() {}

    static ArrayNode of(List<LayoutBlock> blocks) {
        var all = SlackJson.array();
        blocks.forEach(b -> all.add(node(b)));
        return all;
    }

    static ObjectNode of(View view) {
        return node(view);
    }

    static ObjectNode of(OptionObject option) {
        return node(option);
    }

    private static ObjectNode node(Object model) {
        return (ObjectNode) SlackJson.read(GSON.toJson(model)).orElseThrow();
    }

    /** Text in which nothing has a meaning. */
    static PlainTextObject plain(String text) {
        return PlainTextObject.builder().text(text).emoji(false).build();
    }

    /** Slack's own markup, for what only the configuration can say. */
    static MarkdownTextObject markup(String text) {
        return MarkdownTextObject.builder().text(text).build();
    }

    /** The model writes every style that a text does not have, too, in every one of thousands of texts. */
    private static final class SetFlagsOnly implements TypeAdapterFactory {
        private static final Set<Class<?>> WITH_FLAGS =
                Set.of(RichTextSectionElement.TextStyle.class, PlainTextInputElement.class);
        private static final JsonElement UNSET = new JsonPrimitive(false);

        @Override
        @SuppressWarnings("NullAway") // Gson takes null for a type that this factory does not make.
        public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            return WITH_FLAGS.contains(type.getRawType())
                    ? new Flags<>(gson, gson.getDelegateAdapter(this, type))
                    : null;
        }

        private static final class Flags<T> extends TypeAdapter<T> {
            private final Gson gson;
            private final TypeAdapter<T> all;

            private Flags(Gson gson, TypeAdapter<T> all) {
                this.gson = gson;
                this.all = all;
            }

            @Override
            public void write(JsonWriter out, T value) throws IOException {
                var tree = all.toJsonTree(value);
                if (tree.isJsonObject()) {
                    tree.getAsJsonObject().entrySet().removeIf(e -> e.getValue().equals(UNSET));
                }
                gson.toJson(tree, out);
            }

            @Override
            public T read(JsonReader in) throws IOException {
                return all.read(in);
            }
        }
    }
}
