package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Truncate;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.node.Node;
import dev.playcall.security.access.Permission;
import java.util.Optional;

/** The names of the gateways on the database, as somebody types them. */
final class NodeNames {
    private NodeNames() {}

    /** What is said where there is no such node, with those that there are to whoever may know them. */
    static Optional<Reply> missing(String node, Caller caller, RunJournal journal, Rights rights) {
        var names = journal.read().nodes().all().stream().map(Node::name).toList();
        if (names.contains(node)) {
            return Optional.empty();
        }
        return Optional.of(rights.anywhere(caller, Permission.LOCK)
                .<Reply>map(d -> d)
                .orElseGet(() -> new Reply.Invalid(
                        "node",
                        "there is no node \"" + Truncate.of(node, 60) + "\"",
                        Optional.of("nodes: " + String.join(", ", names)))));
    }
}
