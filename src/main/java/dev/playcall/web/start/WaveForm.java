package dev.playcall.web.start;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.BatchCommand.RolloutWords;
import dev.playcall.command.StartCommand;
import java.util.List;
import java.util.function.Function;

/**
 * Whether the playbook is rolled out in waves, as a deployment, and how; what is empty is as configured for the playbook.
 *
 * @param sizes the hosts of each wave: {@code 1,10%,rest}
 */
record WaveForm(boolean chosen, String sizes, String maxFailed, String pause, String rollback) {
    /** The names of its fields, which are those of the API. */
    static final List<String> PLACES = List.of("waves", "max_failed", "pause", "rollback");

    static WaveForm of(Function<String, String> field) {
        return new WaveForm(
                !field.apply("rollout").isEmpty(),
                field.apply("waves"),
                field.apply("max_failed"),
                field.apply("pause"),
                field.apply("rollback"));
    }

    /** The deployment of this start, which has its name. */
    BatchCommand.StartRollout command(StartCommand start) {
        return new BatchCommand.StartRollout(
                start.named(""), start.name(), new RolloutWords(sizes, maxFailed, pause, rollback));
    }
}
