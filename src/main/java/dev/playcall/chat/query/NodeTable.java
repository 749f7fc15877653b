package dev.playcall.chat.query;

import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.node.Node;
import java.util.List;

/** Shows the gateways on the database. */
final class NodeTable {
    private NodeTable() {}

    static Answer of(List<Node> nodes) {
        boolean good = nodes.stream().allMatch(Node::isUp);
        return Answer.of(Message.of(
                new Block.Title(
                        good ? Tone.PLAIN : Tone.WAITING, nodes.size() == 1 ? "1 node" : nodes.size() + " nodes"),
                new Block.Table(
                        List.of("Node", "Status", "Version", "Started", "Last seen", "Running"),
                        nodes.stream().map(NodeTable::row).toList())));
    }

    private static List<String> row(Node node) {
        var now = node.lastSeen().plus(node.silence());
        return List.of(
                node.name(),
                node.status(),
                node.version(),
                TextFormat.ago(node.startedAt(), now),
                TextFormat.ago(node.lastSeen(), now),
                Integer.toString(node.running()));
    }
}
