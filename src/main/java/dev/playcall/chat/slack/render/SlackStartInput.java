package dev.playcall.chat.slack.render;

import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody filled into the form that starts a run. Pure. */
public final class SlackStartInput {
    private SlackStartInput() {}

    /** The command that the form is of; empty where it is still to be chosen. */
    public static Optional<String> command(View view) {
        return Optional.ofNullable(view.getCallbackId())
                .filter(c -> c.startsWith(SlackStartForm.CALLBACK))
                .map(c -> c.substring(SlackStartForm.CALLBACK.length()))
                .filter(c -> !c.isEmpty());
    }

    public static boolean isOne(View view) {
        return view.getCallbackId() != null && view.getCallbackId().startsWith(SlackStartForm.CALLBACK);
    }

    /** What is filled in, by the name of the option; several have commas between them. */
    public static Map<String, String> values(View view) {
        var values = new HashMap<String, String>();
        Optional.ofNullable(view.getState())
                .map(ViewState::getValues)
                .orElse(Map.of())
                .forEach((block, elements) -> {
                    if (block.startsWith(SlackStartForm.FIELD)) {
                        elements.values()
                                .forEach(v -> value(v).ifPresent(text ->
                                        values.put(block.substring(SlackStartForm.FIELD.length()), text)));
                    }
                });
        return values;
    }

    /** What is known while the form is open: Slack sends no state with the question of a menu. */
    public static Map<String, String> known(View view) {
        var known = values(view);
        var environment = SlackStartForm.Memory.of(view).environment();
        if (!environment.isEmpty()) {
            known.putIfAbsent(SlackStartForm.ENVIRONMENT, environment);
        }
        return known;
    }

    private static Optional<String> value(ViewState.Value value) {
        if (value.getSelectedOptions() != null) {
            return Optional.of(value.getSelectedOptions().stream()
                            .map(ViewState.SelectedOption::getValue)
                            .collect(Collectors.joining(",")))
                    .filter(t -> !t.isEmpty());
        }
        return Optional.ofNullable(
                        value.getSelectedOption() == null
                                ? value.getValue()
                                : value.getSelectedOption().getValue())
                .filter(t -> !t.isBlank());
    }

    /** The filled form as the words of the command. */
    public static List<String> words(CommandEntry entry, Map<String, String> values) {
        var words = new ArrayList<>(List.of(entry.name()));
        entry.options().stream()
                .filter(o -> values.containsKey(o.name()))
                .flatMap(o -> words(o, values.getOrDefault(o.name(), "")))
                .forEach(words::add);
        return words;
    }

    private static Stream<String> words(CommandOption option, String value) {
        return switch (option.written()) {
            case WORD, REST -> Stream.of(value);
            case DASHES ->
                option.type() == CommandOption.Type.FLAG
                        ? Stream.of("--" + option.name())
                        : Stream.of("--" + option.name(), value);
            case EQUALS -> Stream.of(option.name() + "=" + value);
        };
    }
}
