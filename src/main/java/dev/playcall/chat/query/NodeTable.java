package dev.playcall.chat.query;

import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.node.Node;
import java.util.ArrayList;
import java.util.List;

/** Shows the gateways on the database. */
final class NodeTable {
    private NodeTable() {}

    static Answer of(List<Node> nodes) {
        boolean good = nodes.stream().allMatch(Node::takesRuns) && !Node.differ(nodes);
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(
                good ? Tone.PLAIN : Tone.WAITING, nodes.size() == 1 ? "1 node" : nodes.size() + " nodes"));
        if (Node.differ(nodes)) {
            blocks.add(new Block.Line(Node.FILES_DIFFER));
        }
        blocks.add(new Block.Table(
                List.of("Node", "Status", "Version", "Started", "Last seen", "Running", "Labels"),
                nodes.stream().map(NodeTable::row).toList()));
        return Answer.of(new Message(blocks));
    }

    private static List<String> row(Node node) {
        var now = node.lastSeen().plus(node.silence());
        return List.of(
                node.name(),
                node.label(),
                node.version(),
                TextFormat.ago(node.startedAt(), now),
                TextFormat.ago(node.lastSeen(), now),
                Integer.toString(node.running()),
                node.labels().isEmpty() ? "–" : String.join(", ", node.labels()));
    }
}
