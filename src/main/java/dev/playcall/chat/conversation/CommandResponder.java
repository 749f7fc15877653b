package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.HostCommand;
import dev.playcall.command.IdentityCommand;
import dev.playcall.command.LockCommand;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.RunCommand;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.SecretCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has a command done by the command handler, and says what came of it in words and names that people know. */
final class CommandResponder {
    /** As many as a phone shows. */
    private static final int COLUMNS = 3;

    private final CommandHandler commands;
    private final RunCards cards;
    private final RepeatConfirmation confirmation;
    private final ReasonForm reasons;

    CommandResponder(CommandHandler commands, RunCards cards, PendingRequests pending) {
        this.commands = commands;
        this.cards = cards;
        this.confirmation = new RepeatConfirmation(pending, cards);
        this.reasons = new ReasonForm(pending, cards);
    }

    /** @param typed as it was entered; empty when a button was pressed */
    Answer handle(Caller caller, Command command, List<String> typed) {
        return switch (commands.handle(command, caller)) {
            case Reply.Accepted(var run) -> accepted(command, run);
            case Reply.Duplicate(var run) -> again(caller, command, run);
            case Reply.Batched(var batch, var runs, var before) -> batched(caller, batch, runs, before);
            case Reply.Done(var message) ->
                Answer.of(Message.line(Tone.GOOD, isAboutIdentities(command) ? message : cards.named(message)));
            case Reply.Detailed detailed -> Answer.of(message(detailed));
            case Reply.Invalid invalid
            when RepeatConfirmation.isAsked(invalid) -> confirmation.ask(caller, invalid, typed);
            case Reply.Invalid invalid when ReasonForm.isAsked(invalid) -> reasons.ask(caller, command, invalid, typed);
            case Reply.Invalid invalid -> Answer.refusal(cards.named(invalid.line()));
            case Reply.Scheduled(var _, var message) -> Answer.of(Message.line(Tone.GOOD, cards.named(message)));
            case Reply.NotFound(var message) -> Answer.refusal(cards.named(message));
            case Reply.TooLate(var run, var message) ->
                Answer.refusal(whoWasFirst(command, run).orElse(cards.named(message)));
            case Reply.Denied denied -> Answer.refusal(cards.named(denied.line(cards::called)));
            case Reply.TooMany(var message, var _) -> Answer.refusal(message);
            case Reply.Conflict(var message) -> Answer.refusal(cards.named(message));
            case Reply.Unavailable(var message) -> Answer.refusal(cards.named(message));
        };
    }

    /** A request that comes twice from one person is one message delivered twice; from two people, one was first. */
    private Answer again(Caller caller, Command command, Run run) {
        if (run.requestedBy().equals(caller.person())) {
            return accepted(command, run);
        }
        return Answer.refusal(cards.name(run.requestedBy()) + " was faster: " + cards.headline(run));
    }

    private Answer batched(Caller caller, Batch batch, List<Run> runs, boolean before) {
        var text = cards.headline(batch, runs);
        if (before && !batch.by().equals(caller.person())) {
            return Answer.refusal(cards.name(batch.by()) + " was faster: " + text);
        }
        return runs.isEmpty()
                ? Answer.of(Message.line(Tone.PLAIN, text))
                : Answer.about(runs.getFirst().id(), Message.line(RunCard.tone(Batch.state(runs)), text));
    }

    private Message message(Reply.Detailed detailed) {
        var blocks = new ArrayList<Message.Block>();
        blocks.add(new Message.Block.Title(
                detailed instanceof Reply.Listed ? Tone.PLAIN : Tone.GOOD,
                UntrustedText.line(cards.named(detailed.message()), 400)));
        var rows = detailed.rows().stream().map(this::row).toList();
        if (!rows.isEmpty()) {
            var header = detailed.header().stream().limit(COLUMNS).toList();
            blocks.add(new Message.Block.Table(header, rows));
        }
        detailed.lines().forEach(l -> blocks.add(new Message.Block.Line(UntrustedText.line(cards.named(l), 600))));
        return new Message(blocks);
    }

    private List<String> row(List<String> cells) {
        return cells.stream()
                .limit(COLUMNS)
                .map(c -> UntrustedText.line(cards.named(c), 90))
                .toList();
    }

    /** What is said there is to be typed elsewhere, where a name would mean nothing. */
    private static boolean isAboutIdentities(Command command) {
        return command instanceof IdentityCommand.Link || command instanceof IdentityCommand.Unlink;
    }

    /** Names instead of ids for those who came a moment too late. */
    private Optional<String> whoWasFirst(Command command, Run run) {
        return switch (command) {
            case RunCommand.Cancel _ ->
                run.cancelledBy()
                        .map(by -> cards.name(by) + " was faster: " + run.id() + " "
                                + (run.state().isFinal() ? "is cancelled" : "is being cancelled"));
            case RunCommand.Retry(var original, var _, var _, var _)
            when run.request().retryOf().equals(Optional.of(original)) ->
                Optional.of(cards.name(run.requestedBy()) + " was faster: " + cards.headline(run));
            case RunCommand.Approve _, RunCommand.Reject _ -> decided(run);
            case RunCommand _,
                    StartCommand _,
                    BatchCommand _,
                    QueueCommand _,
                    ScheduleCommand _,
                    ReportCommand _,
                    LockCommand _,
                    AlertCommand _,
                    EnvironmentCommand _,
                    HostCommand _,
                    PlaybookCommand _,
                    ContentCommand _,
                    SettingsCommand _,
                    SecretCommand _,
                    IdentityCommand _ -> Optional.empty();
        };
    }

    private Optional<String> decided(Run run) {
        return run.approvedBy()
                .filter(_ -> run.state() != RunState.AWAITING_APPROVAL && run.state() != RunState.REJECTED)
                .map(by -> cards.name(by) + " was faster: " + cards.headline(run));
    }

    private Answer accepted(Command command, Run run) {
        if (command instanceof RunCommand.Cancel) {
            var text = run.state().isFinal() ? run.id() + " is cancelled" : run.id() + " is being cancelled";
            return Answer.about(run.id(), Message.line(Tone.PLAIN, text + cards.stopped(run)));
        }
        if (command instanceof RunCommand.PauseRun) {
            var text = run.id() + " is paused; " + RunCard.STAYS;
            return Answer.about(run.id(), Message.line(Tone.WAITING, text));
        }
        var blocks = new ArrayList<Message.Block>();
        blocks.add(new Message.Block.Title(RunCard.tone(run.state()), cards.headline(run)));
        versionStep(command, run).ifPresent(s -> blocks.add(new Message.Block.Line("Version: " + s)));
        cards.awaits(run).ifPresent(text -> blocks.add(new Message.Block.Line(text)));
        return Answer.about(run.id(), new Message(blocks));
    }

    private Optional<String> versionStep(Command command, Run run) {
        var request = run.request();
        return command instanceof StartCommand && !request.check()
                ? request.version().flatMap(v -> cards.versionStep(request.environment(), request.hosts(), v))
                : Optional.empty();
    }
}
