package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import java.util.List;

/** Asks whether a run is to be done again although a newer one with other values would be undone. */
record RepeatConfirmation(PendingRequests pending, RunCards cards) {
    private static final String YES = " --yes";

    static boolean isAsked(Reply.Invalid invalid) {
        return invalid.field().equals(RepeatReason.CONFIRM) && invalid.remedy().isPresent();
    }

    /** @param typed as it was entered; empty when a button was pressed */
    Answer ask(Caller caller, Reply.Invalid invalid, List<String> typed) {
        var plain = invalid.remedy().orElseThrow().replace(YES, "");
        var words = typed.isEmpty() ? List.of(plain.split(" ")) : typed;
        long kept = pending.keep(caller, words);
        var text = UntrustedText.line(CommandParser.line(words), 300);
        return Answer.asking(
                Message.of(
                        new Block.Title(
                                Tone.WAITING,
                                UntrustedText.line(cards.named(invalid.message()), 300) + ". Start it anyway?"),
                        new Block.Buttons(List.of(
                                new Button(
                                        "Yes, start", new Action(Action.Kind.YES, kept), text + YES, Weight.DANGER, ""),
                                Button.plain("No", new Action(Action.Kind.NO, kept), "")))),
                java.util.Optional.empty());
    }
}
