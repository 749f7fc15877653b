package dev.playcall.chat.slack.render;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.CheckboxesElement;
import com.slack.api.model.block.element.ExternalSelectElement;
import com.slack.api.model.block.element.MultiExternalSelectElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import java.util.List;
import java.util.Optional;

/** The form that starts a run. Its menus ask Playcall for what fits while somebody types. Pure. */
public final class SlackStartForm {
    /** Before the name of the command that the form is of; alone where the command is still to be chosen. */
    public static final String CALLBACK = "start:";

    /** The option that chooses the command. */
    public static final String COMMAND = "command";

    /** The option that chooses the environment. */
    public static final String ENVIRONMENT = "env";

    static final String FIELD = "start.";
    private static final int TITLE = 24;
    private static final int OPTION = 75;
    private static final int VALUE = 150;
    private static final int MOST = 100;

    private SlackStartForm() {}

    /**
     * What a form remembers.
     *
     * @param channel where it was asked for
     * @param reason what the run is for, or empty
     * @param environment what was chosen, or empty
     */
    public record Memory(String channel, String reason, String environment) {
        public static Memory at(String channel) {
            return new Memory(channel, "", "");
        }

        public Memory because(String why) {
            return new Memory(channel, why, environment);
        }

        public Memory in(String chosen) {
            return new Memory(channel, reason, chosen);
        }

        private String written() {
            return SlackJson.object()
                    .put("channel", channel)
                    .put("reason", UntrustedText.line(reason, 500))
                    .put("env", UntrustedText.line(environment, 100))
                    .toString();
        }

        public static Memory of(View view) {
            var kept = SlackJson.read(
                            Optional.ofNullable(view.getPrivateMetadata()).orElse(""))
                    .orElseGet(SlackJson::object);
            return new Memory(
                    kept.path("channel").asText(),
                    kept.path("reason").asText(),
                    kept.path("env").asText());
        }
    }

    /** Which of the commands that start a run. */
    public static ObjectNode choice(Memory memory) {
        var menu = new CommandOption(
                COMMAND, CommandOption.Type.OPERATION, CommandOption.Written.WORD, true, "what to run");
        return view("Run…", "Next", CALLBACK, List.of(input(menu, memory)), memory);
    }

    /** Everything of a command that can be picked from a menu, and its reason. */
    public static ObjectNode of(CommandEntry entry, Memory memory) {
        var inputs = entry.options().stream()
                .filter(SlackStartForm::isAsked)
                .map(o -> input(o, memory))
                .toList();
        return view(entry.name(), "Start", CALLBACK + entry.name(), inputs, memory);
    }

    private static boolean isAsked(CommandOption option) {
        return option.required()
                || option.type().isChosen()
                || option.name().equals("check")
                || option.name().equals("command")
                || option.name().equals("args")
                || option.name().equals("reason");
    }

    private static ObjectNode view(
            String title, String submit, String callback, List<LayoutBlock> blocks, Memory memory) {
        return BlockJson.of(View.builder()
                .type("modal")
                .callbackId(callback)
                .title(ViewTitle.builder()
                        .type(PlainTextObject.TYPE)
                        .text(UntrustedText.line(title, TITLE))
                        .build())
                .submit(ViewSubmit.builder()
                        .type(PlainTextObject.TYPE)
                        .text(submit)
                        .build())
                .close(ViewClose.builder()
                        .type(PlainTextObject.TYPE)
                        .text("Cancel")
                        .build())
                .privateMetadata(memory.written())
                .blocks(blocks)
                .build());
    }

    private static LayoutBlock input(CommandOption option, Memory memory) {
        return InputBlock.builder()
                .blockId(FIELD + option.name())
                .label(plainText(label(option)))
                .hint(isSaid(option) ? null : plainText(UntrustedText.line(option.help(), VALUE)))
                .optional(!option.required())
                .dispatchAction(option.name().equals(ENVIRONMENT) ? true : null)
                .element(element(option, memory))
                .build();
    }

    /** Its label or its box says what it is. */
    private static boolean isSaid(CommandOption option) {
        return option.type() == CommandOption.Type.FLAG || option.help().equals(label(option));
    }

    private static String label(CommandOption option) {
        return switch (option.name()) {
            case ENVIRONMENT -> "environment";
            case "limit" -> "hosts and groups";
            case "check" -> "check mode";
            default -> option.name();
        };
    }

    private static BlockElement element(CommandOption option, Memory memory) {
        return switch (option.type()) {
            case HOSTS, ENVIRONMENTS ->
                MultiExternalSelectElement.builder()
                        .actionId(option.name())
                        .minQueryLength(0)
                        .build();
            case ENVIRONMENT, PLAYBOOK, MODULE, OPERATION, COMMAND, RUN, HOST, TEMPLATE, VERSION, STATE, TOPIC ->
                ExternalSelectElement.builder()
                        .actionId(option.name())
                        .minQueryLength(0)
                        .build();
            case FLAG ->
                CheckboxesElement.builder()
                        .actionId(option.name())
                        .options(List.of(OptionObject.builder()
                                .text(plainText("change nothing, report what would change"))
                                .value(option.name())
                                .build()))
                        .build();
            case TAGS, NUMBER, TEXT, VARIABLES ->
                PlainTextInputElement.builder()
                        .actionId(option.name())
                        .initialValue(
                                option.name().equals("reason")
                                                && !memory.reason().isEmpty()
                                        ? memory.reason()
                                        : null)
                        .build();
        };
    }

    /** What a menu offers, as Slack takes it. */
    public static ObjectNode options(List<Choice> choices) {
        var payload = SlackJson.object();
        var options = payload.putArray("options");
        choices.stream()
                .filter(c -> !c.value().isBlank() && c.value().length() <= VALUE)
                .distinct()
                .limit(MOST)
                .map(c -> OptionObject.builder()
                        .value(c.value())
                        .text(BlockJson.plain(UntrustedText.line(c.label(), OPTION)))
                        .build())
                .forEach(o -> options.add(BlockJson.of(o)));
        return payload;
    }
}
