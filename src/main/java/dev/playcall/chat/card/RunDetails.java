package dev.playcall.chat.card;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What only somebody who asks about a run is told: what it was given and how Ansible was set for it.
 *
 * @param settings the settings of Ansible with where each comes from; empty until it has begun and once its folder is gone
 * @param slices into how many slices its hosts were divided, or why into one only; empty where nobody wanted several
 */
record RunDetails(Optional<String> settings, Optional<String> slices) {
    static final RunDetails UNKNOWN = new RunDetails(Optional.empty(), Optional.empty());

    private static final int LONGEST = 1000;

    /** What it was asked for with, and from which state of the files it is made. */
    static List<Block> given(Run run) {
        var request = run.request();
        // The first line gives the version or the arguments of a module, and the blocks of an approval the reason.
        return lines(Stream.of(
                request.task().isPresent() || request.variables().keySet().equals(Set.of("version"))
                        ? Optional.<String>empty()
                        : request.variablesLine(),
                Optional.of(request.description())
                        .filter(d -> !d.isBlank() && run.state() != RunState.AWAITING_APPROVAL)
                        .map(d -> "description: " + d),
                run.revision().map(Revision::brief).filter(b -> !b.isEmpty()).map(b -> "from commit " + b),
                run.revision().flatMap(Revision::venv).map(v -> "in the Python environment " + v)));
    }

    /** How Ansible was set, below what came of it. */
    List<Block> ansible() {
        return lines(Stream.of(settings.map(s -> "Ansible settings: " + s.strip()), slices.map(s -> "Slices: " + s)));
    }

    private static List<Block> lines(Stream<Optional<String>> texts) {
        return texts.flatMap(Optional::stream)
                .<Block>map(text -> new Block.Line(UntrustedText.line(text, LONGEST)))
                .toList();
    }
}
