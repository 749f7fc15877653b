package dev.playcall.chat.slack.render;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The buttons of one message; no two have the same action. */
final class BlockButtons {
    private static final int MOST = 25;

    private final String key;
    private final Set<String> ids = new HashSet<>();

    /** @param key of the message, written into its buttons; empty for none */
    BlockButtons(String key) {
        this.key = key;
    }

    ActionsBlock of(List<Button> buttons) {
        return ActionsBlock.builder()
                .elements(buttons.stream()
                        .limit(MOST)
                        .<BlockElement>map(this::button)
                        .toList())
                .build();
    }

    private ButtonElement button(Button button) {
        var action = button.action().written();
        var id = action;
        for (int i = 2; !ids.add(id); i++) {
            id = action + "." + i;
        }
        return ButtonElement.builder()
                .text(BlockJson.plain(UntrustedText.line(button.label(), 70)))
                .actionId(id)
                .value(button.action().written(key))
                .style(style(button.weight()))
                .confirm(button.confirm().isEmpty() ? null : confirm(button))
                .build();
    }

    private static @Nullable String style(Weight weight) {
        return switch (weight) {
            case PLAIN -> null;
            case FIRST -> "primary";
            case DANGER -> "danger";
        };
    }

    private static ConfirmationDialogObject confirm(Button button) {
        return ConfirmationDialogObject.builder()
                .title(BlockJson.plain(UntrustedText.line(button.label(), 90) + "?"))
                .text(BlockJson.plain(UntrustedText.line(button.confirm(), 290)))
                .confirm(BlockJson.plain("Yes"))
                .deny(BlockJson.plain("No"))
                .style(button.weight() == Weight.DANGER ? "danger" : null)
                .build();
    }
}
