package dev.playcall.chat.slack.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import java.util.ArrayList;
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
        LayoutBlock wait =
                SectionBlock.builder().text(BlockJson.plain("One moment …")).build();
        return BlockJson.of(modal(title, List.of(wait), memory).build());
    }

    public static ObjectNode text(String title, Message message, Metadata memory) {
        return BlockJson.of(modal(title, SlackRenderer.view(message), memory).build());
    }

    private static View.ViewBuilder modal(String title, List<LayoutBlock> blocks, Metadata memory) {
        return View.builder()
                .type("modal")
                .title(ViewTitle.builder()
                        .type(PlainTextObject.TYPE)
                        .text(UntrustedText.line(title, TITLE))
                        .emoji(false)
                        .build())
                .close(close("Close"))
                .privateMetadata(memory.written())
                .blocks(blocks);
    }

    private static ViewClose close(String label) {
        return ViewClose.builder()
                .type(PlainTextObject.TYPE)
                .text(label)
                .emoji(false)
                .build();
    }

    public static ObjectNode home(Message message) {
        return BlockJson.of(
                View.builder().type("home").blocks(SlackRenderer.view(message)).build());
    }

    public static ObjectNode form(Form form, String channel) {
        var blocks = new ArrayList<>(SlackRenderer.view(Message.line(Message.Tone.PLAIN, form.why())));
        form.fields().forEach(f -> blocks.add(input(f)));
        var submit = ViewSubmit.builder()
                .type(PlainTextObject.TYPE)
                .text(UntrustedText.line(form.submit(), TITLE))
                .emoji(false)
                .build();
        return BlockJson.of(modal(form.title(), blocks, new Metadata(channel, form.request()))
                .callbackId(FORM)
                .submit(submit)
                .close(close("Cancel"))
                .build());
    }

    private static InputBlock input(Form.Field field) {
        return InputBlock.builder()
                .blockId(block(field.name()))
                .optional(!field.required())
                .label(BlockJson.plain(UntrustedText.line(field.name(), 100)))
                .hint(field.hint().isBlank() ? null : BlockJson.plain(UntrustedText.line(field.hint(), 150)))
                .element(fitsMenu(field.choices()) ? menu(field) : typed(field))
                .build();
    }

    private static boolean fitsMenu(List<String> choices) {
        return !choices.isEmpty()
                && choices.size() <= 100
                && choices.stream().allMatch(c -> !c.isBlank() && c.length() <= 75)
                && choices.stream().distinct().count() == choices.size();
    }

    private static BlockElement menu(Form.Field field) {
        return StaticSelectElement.builder()
                .actionId(VALUE)
                .options(field.choices().stream().map(SlackViews::option).toList())
                .initialOption(field.value()
                        .filter(field.choices()::contains)
                        .map(SlackViews::option)
                        .orElse(null))
                .build();
    }

    private static OptionObject option(String choice) {
        return OptionObject.builder()
                .value(choice)
                .text(BlockJson.plain(choice))
                .build();
    }

    private static BlockElement typed(Form.Field field) {
        return PlainTextInputElement.builder()
                .actionId(VALUE)
                .maxLength(LONGEST_INPUT)
                .multiline(field.secret())
                .initialValue(field.value()
                        .filter(v -> !field.secret() && !v.isEmpty() && v.length() <= LONGEST_INPUT)
                        .orElse(null))
                .build();
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
