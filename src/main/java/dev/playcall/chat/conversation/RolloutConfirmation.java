package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.BatchCommand.StartRollout;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.command.rollout.HostReach;
import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.security.secret.SecretService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Shows the whole plan of a rollout before it starts. */
record RolloutConfirmation(
        Catalogs catalogs, Rights rights, SecretService vault, StartRollout command, HostReach reach) {
    /** As many waves as a message shows. */
    private static final int MOST = 12;

    /**
     * Who may not do it, or names what is not there, is not asked: the command handler says so.
     *
     * @param keep keeps the request until it is answered
     */
    Optional<Answer> ask(Caller caller, String text, LongSupplier keep) {
        var start = command.start();
        var catalog = catalogs.current();
        if (rights.refusal(caller, start, catalog).isPresent()
                || !(RolloutPlan.of(catalogs, command, reach, caller) instanceof RolloutPlan.Planned.Good(var plan))) {
            return Optional.empty();
        }
        var missing = new MissingInput(catalog, vault, start);
        var clear = missing.inClear();
        if (clear.isPresent()) {
            return Optional.of(Answer.refusal(SecretService.inClear(clear.get())));
        }
        return missing.hasUnknown() || !missing.fields().isEmpty()
                ? Optional.empty()
                : Optional.of(confirm(plan, text, keep));
    }

    private Answer confirm(RolloutPlan plan, String text, LongSupplier keep) {
        long kept = keep.getAsLong();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(
                Tone.WAITING,
                UntrustedText.line(
                        "rollout " + command.start().subject() + " → " + plan.summary() + ". Start it?", 300)));
        var lines = plan.lines();
        lines.stream().limit(MOST).forEach(l -> blocks.add(new Block.Line(UntrustedText.line(l, 200))));
        if (lines.size() > MOST) {
            blocks.add(new Block.Line(UntrustedText.line("… " + lines.getLast(), 300)));
        }
        blocks.add(new Block.Line(text));
        blocks.add(new Block.Buttons(List.of(
                new Button("Yes, start", new Action(Action.Kind.YES, kept), text + " --yes", Weight.FIRST, ""),
                Button.plain("No", new Action(Action.Kind.NO, kept), ""))));
        return Answer.asking(new Message(blocks), Optional.empty());
    }
}
