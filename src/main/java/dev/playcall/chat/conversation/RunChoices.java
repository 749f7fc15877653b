package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.message.Choice;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Run numbers, those first that a command is most likely about; what it cannot be about is left out. */
record RunChoices(RunJournal journal) {
    private static final Set<RunState> ACTIVE = Set.of(RunState.RUNNING, RunState.QUEUED, RunState.AWAITING_APPROVAL);

    /** @param seen the newest runs that may be seen */
    Stream<Choice> of(String command, RunQuery seen) {
        return Stream.concat(list(seen.states(ACTIVE)), list(seen))
                .filter(r -> order(command, r.state()) < NEVER)
                .distinct()
                .sorted(Comparator.comparingInt(r -> order(command, r.state())))
                .map(RunChoices::choice);
    }

    private static final int NEVER = 9;

    /** The lower the more likely; runs of the same order stay the newest first. */
    private static int order(String command, RunState state) {
        return switch (command) {
            case "approve", "reject" -> state == RunState.AWAITING_APPROVAL ? 0 : NEVER;
            case "cancel", "pause", "resume" -> state.isFinal() ? NEVER : running(state);
            case "retry" -> state.isFinal() ? (state.isBad() ? 0 : 1) : NEVER;
            default -> running(state);
        };
    }

    private static int running(RunState state) {
        return state == RunState.RUNNING ? 0 : 1;
    }

    private Stream<Run> list(RunQuery query) {
        return journal.read().list(query).runs().stream();
    }

    private static Choice choice(Run r) {
        var label = r.id() + " " + RunCard.what(r) + " " + r.state().label();
        return new Choice(label, Long.toString(r.id().value()));
    }
}
