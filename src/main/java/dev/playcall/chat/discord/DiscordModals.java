package dev.playcall.chat.discord;

import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.UntrustedText;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.label.LabelChildComponent;
import net.dv8tion.jda.api.components.selections.SelectMenu;
import net.dv8tion.jda.api.components.selections.SelectOption;
import net.dv8tion.jda.api.components.selections.StringSelectMenu;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Forms as Discord's modal windows. Pure. */
final class DiscordModals {
    private static final String ID = "form:";

    private DiscordModals() {}

    static DataObject json(Form form) {
        var modal = Modal.create(ID + form.request(), UntrustedText.line(form.title(), Modal.MAX_TITLE_LENGTH))
                .addComponents(form.fields().stream()
                        .limit(Modal.MAX_COMPONENTS)
                        .map(DiscordModals::field)
                        .toList())
                .build()
                .toData();
        // JDA writes a description that is not there as null, which Discord does not define.
        modal.getArray("components").stream(DataArray::getObject)
                .filter(label -> label.isNull("description"))
                .forEach(label -> label.remove("description"));
        return modal;
    }

    private static Label field(Form.Field field) {
        var label = UntrustedText.line(field.name(), Label.LABEL_MAX_LENGTH);
        var menu = isMenu(field.choices());
        var choices = menu ? "" : String.join(", ", field.choices());
        var help = choices.isEmpty() || field.hint().isBlank() ? field.hint() : field.hint() + " (" + choices + ")";
        var input = menu ? menu(field) : typed(field, choices);
        return help.isBlank()
                ? Label.of(label, input)
                : Label.of(label, UntrustedText.line(help, Label.DESCRIPTION_MAX_LENGTH), input);
    }

    /** Whether Discord shows these choices as a menu. */
    private static boolean isMenu(List<String> choices) {
        return !choices.isEmpty()
                && choices.size() <= SelectMenu.OPTIONS_MAX_AMOUNT
                && choices.stream().allMatch(c -> !c.isBlank() && c.length() <= SelectOption.VALUE_MAX_LENGTH)
                && choices.stream().distinct().count() == choices.size();
    }

    private static LabelChildComponent menu(Form.Field field) {
        var menu = StringSelectMenu.create(id(field)).setRequired(field.required());
        field.choices().forEach(c -> menu.addOption(UntrustedText.line(c, SelectOption.LABEL_MAX_LENGTH), c));
        field.value().filter(field.choices()::contains).ifPresent(menu::setDefaultValues);
        return menu.setRequiredRange(field.required() ? 1 : 0, 1).build();
    }

    private static LabelChildComponent typed(Form.Field field, String choices) {
        var input = TextInput.create(id(field), field.secret() ? TextInputStyle.PARAGRAPH : TextInputStyle.SHORT)
                .setRequired(field.required())
                .setMaxLength(TextInput.MAX_VALUE_LENGTH);
        var holder = choices.isEmpty() ? field.hint() : "one of: " + choices;
        if (!holder.isBlank()) {
            input.setPlaceholder(UntrustedText.line(holder, TextInput.MAX_PLACEHOLDER_LENGTH));
        }
        field.value()
                .filter(v -> !v.isEmpty())
                .ifPresent(v -> input.setValue(UntrustedText.cut(v, TextInput.MAX_VALUE_LENGTH)));
        return input.build();
    }

    private static String id(Form.Field field) {
        return UntrustedText.cut(field.name(), TextInput.MAX_ID_LENGTH);
    }

    /** The request a submitted form belongs to. */
    static Optional<Long> pendingRequest(String id) {
        return id.matches(ID + "[1-9]\\d{0,14}")
                ? Optional.of(Long.parseLong(id.substring(ID.length())))
                : Optional.empty();
    }

    /** What was typed or chosen; empty for a field of another kind, or without what its kind has, of which JDA throws. */
    static Optional<String> value(ModalMapping field) {
        try {
            return switch (field.getType()) {
                case TEXT_INPUT -> Optional.of(field.getAsString());
                case STRING_SELECT -> field.getAsStringList().stream().findFirst();
                default -> Optional.empty();
            };
        } catch (ParsingException e) {
            return Optional.empty();
        }
    }
}
