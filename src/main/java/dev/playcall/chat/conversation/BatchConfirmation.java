package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.secret.SecretService;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What has to be known before something is done in several environments: what is missing, and whether all are meant. */
record BatchConfirmation(Catalog catalog, Rights rights, SecretService vault, BatchCommand.StartBatch command) {

    /**
     * Who may not do it, or names what is not there, is not asked: the command handler says so.
     *
     * @param keep keeps the request until it is answered
     */
    Optional<Answer> ask(Caller caller, String text, LongSupplier keep) {
        var names = names(caller);
        boolean refused = names.isEmpty()
                || names.stream()
                        .anyMatch(n -> !EnvironmentName.isValid(n)
                                || catalog.environment(new EnvironmentName(n)).isEmpty()
                                || rights.refusal(caller, command.start().in(n), catalog)
                                        .isPresent());
        if (refused) {
            return Optional.empty();
        }
        var missingInput = new MissingInput(catalog, vault, command.start().in(names.getFirst()));
        var clear = missingInput.inClear();
        if (clear.isPresent()) {
            return Optional.of(Answer.refusal(SecretService.inClear(clear.get())));
        }
        return missingInput.wantsConfirmation() || (isAll() && !isHarmless())
                ? Optional.of(confirm(names, text, keep))
                : Optional.empty();
    }

    /** They change nothing, wherever they run. */
    private boolean isHarmless() {
        var operation = command.start().operation();
        return operation.equals(Operation.VALIDATE.value()) || operation.equals(Operation.PING.value());
    }

    private boolean isAll() {
        return command.environments().equals(List.of("all"));
    }

    private List<String> names(Caller caller) {
        var visible = rights.visibleEnvironments(caller);
        return isAll()
                ? catalog.environments().keySet().stream()
                        .filter(visible::sees)
                        .map(EnvironmentName::value)
                        .sorted()
                        .toList()
                : command.environments();
    }

    private Answer confirm(List<String> names, String text, LongSupplier keep) {
        long kept = keep.getAsLong();
        var blocks = Stream.<Block>of(
                new Block.Title(
                        Tone.WAITING,
                        command.start().operation() + " → " + names.size()
                                + (names.size() == 1 ? " environment" : " environments, one after the other")
                                + ". Start them?"),
                new Block.Line(UntrustedText.line("in this order: " + String.join(", ", names), 400)),
                new Block.Line(text),
                new Block.Buttons(List.of(
                        new Button("Yes, start", new Action(Action.Kind.YES, kept), text + " --yes", Weight.DANGER, ""),
                        Button.plain("No", new Action(Action.Kind.NO, kept), ""))));
        return Answer.asking(new Message(blocks.toList()), Optional.empty());
    }
}
