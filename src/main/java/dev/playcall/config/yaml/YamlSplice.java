package dev.playcall.config.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts entries into a YAML file that people wrote by hand, and takes them out, at the places where the parser saw them:
 * every other character stays as it is.
 */
public final class YamlSplice {
    private final String text;
    private final MappingNode root;
    private final String end;

    private YamlSplice(String text, MappingNode root) {
        this.text = text;
        this.root = root;
        this.end = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Why a file cannot be changed by a program. */
    public static final class CannotSpliceException extends Exception {
        private static final long serialVersionUID = 1;

        CannotSpliceException(String why) {
            super(why, null, false, false);
        }

        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads a text whose root is a mapping. */
    public static YamlSplice of(String text) throws CannotSpliceException {
        try {
            var root = new org.yaml.snakeyaml.Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return new YamlSplice(text, mapping);
            }
        } catch (YAMLException e) {
            throw new CannotSpliceException("it is not YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        throw new CannotSpliceException("it is not a mapping of groups");
    }

    private record Entry(NodeTuple tuple) {
        ScalarNode key() {
            return (ScalarNode) tuple.getKeyNode();
        }

        Node value() {
            return tuple.getValueNode();
        }

        boolean isNull() {
            return value() instanceof ScalarNode s && s.getValue().isEmpty() && start(value()) == end(value());
        }

        /** An alias is the node it stands for, which was written somewhere else. */
        boolean isAlias() {
            return start(value()) < end(key());
        }
    }

    private static int start(Node node) {
        return node.getStartMark().getIndex();
    }

    private static int end(Node node) {
        return node.getEndMark().getIndex();
    }

    private static Optional<Entry> entry(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(t ->
                        t.getKeyNode() instanceof ScalarNode s && s.getValue().equals(key))
                .map(Entry::new)
                .findFirst();
    }

    /**
     * Puts an entry at the end of the mapping at this path, making what is missing on the way.
     *
     * @param value as it is to be written, empty for nothing
     */
    public String put(List<String> path, String key, String value) throws CannotSpliceException {
        Node at = root;
        Optional<Entry> owner = Optional.empty();
        var rest = new ArrayList<>(path);
        rest.add(key);
        while (at instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            var next = rest.size() > 1 ? entry(mapping, rest.getFirst()) : Optional.<Entry>empty();
            if (next.isEmpty()) {
                return into(mapping, rest, value);
            }
            refuseAlias(next.get());
            owner = next;
            at = next.get().value();
            rest.removeFirst();
        }
        return beneath(owner.orElseThrow(() -> new CannotSpliceException("it is empty")), rest, value);
    }

    private static void refuseAlias(Entry entry) throws CannotSpliceException {
        if (entry.isAlias() || entry.value().getAnchor() != null) {
            throw new CannotSpliceException("\"" + entry.key().getValue() + "\" (line "
                    + (entry.key().getStartMark().getLine() + 1)
                    + ") is shared by an anchor: a change would be one in several places; edit it by hand");
        }
    }

    private String into(MappingNode mapping, List<String> keys, String value) throws CannotSpliceException {
        var last = new Entry(mapping.getValue().getLast());
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int behind = last.isNull() || last.isAlias() ? behindColon(last) : end(last.value());
            if (last.isAlias()) {
                throw new CannotSpliceException("its last entry is an alias; edit it by hand");
            }
            var more = ", " + inline(keys, value);
            boolean open = more.endsWith(":") && !Character.isWhitespace(text.charAt(behind));
            return insert(behind, more + (open ? " " : ""));
        }
        var first = new Entry(mapping.getValue().getFirst()).tuple().getKeyNode();
        return insert(
                lineEnd(lastIndex(last)),
                block(keys, value, first.getStartMark().getColumn()));
    }

    /** Behind one blank, too: without it the sign would belong to the key. */
    private int behindColon(Entry entry) {
        int behind = colon(entry) + 1;
        return behind < text.length() && text.charAt(behind) == ' ' ? behind + 1 : behind;
    }

    private String beneath(Entry owner, List<String> keys, String value) throws CannotSpliceException {
        if (owner.value() instanceof MappingNode) {
            return text.substring(0, start(owner.value()))
                    + braced(inline(keys, value))
                    + text.substring(end(owner.value()));
        }
        if (!owner.isNull()) {
            throw new CannotSpliceException("\"" + owner.key().getValue() + "\" (line "
                    + (owner.key().getStartMark().getLine() + 1) + ") is not a mapping; edit it by hand");
        }
        int colon = colon(owner);
        if (isInFlow(owner)) {
            return insert(colon + 1, " " + braced(inline(keys, value)));
        }
        return insert(
                lineEnd(colon), block(keys, value, owner.key().getStartMark().getColumn() + step()));
    }

    private boolean isInFlow(Entry owner) {
        return holder(root, owner.key())
                .map(m -> m.getFlowStyle() == FlowStyle.FLOW)
                .orElse(false);
    }

    private static Optional<MappingNode> holder(Node node, Node key) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        if (mapping.getValue().stream().anyMatch(t -> start(t.getKeyNode()) == start(key))) {
            return Optional.of(mapping);
        }
        return mapping.getValue().stream()
                .flatMap(t -> holder(t.getValueNode(), key).stream())
                .findFirst();
    }

    /** How far this file indents: as far as its first group. */
    private int step() {
        return root.getValue().stream()
                .map(NodeTuple::getValueNode)
                .filter(v -> v instanceof MappingNode m
                        && m.getFlowStyle() == FlowStyle.BLOCK
                        && !m.getValue().isEmpty())
                .map(v -> v.getStartMark().getColumn())
                .filter(c -> c > 0)
                .findFirst()
                .orElse(2);
    }

    private String block(List<String> keys, String value, int column) {
        var lines = new StringBuilder();
        int indent = column;
        for (int i = 0; i < keys.size(); i++, indent += step()) {
            boolean last = i == keys.size() - 1;
            lines.append(end)
                    .append(" ".repeat(indent))
                    .append(keys.get(i))
                    .append(':')
                    .append(last && !value.isEmpty() ? " " + value : "");
        }
        return lines.toString();
    }

    private static String inline(List<String> keys, String value) {
        var written = keys.getLast() + ":" + (value.isEmpty() ? "" : " " + value);
        for (int i = keys.size() - 2; i >= 0; i--) {
            written = keys.get(i) + ": " + braced(written);
        }
        return written;
    }

    private static String braced(String written) {
        return "{" + written + (written.endsWith(":") ? " }" : "}");
    }

    private String insert(int index, String more) {
        return text.substring(0, index) + more + text.substring(index);
    }

    /** Where the text of an entry ends, without the comments that follow it. */
    private int lastIndex(Entry entry) {
        return entry.isAlias() || entry.isNull() ? colon(entry) : lastIndex(entry.value());
    }

    private int lastIndex(Node node) {
        return switch (node) {
            case MappingNode m
            when m.getFlowStyle() == FlowStyle.BLOCK && !m.getValue().isEmpty() ->
                lastIndex(new Entry(m.getValue().getLast()));
            case SequenceNode s
            when s.getFlowStyle() == FlowStyle.BLOCK && !s.getValue().isEmpty() ->
                lastIndex(s.getValue().getLast());
            default -> lastText(start(node), end(node));
        };
    }

    /** A text block ends at the beginning of a later line. */
    private int lastText(int from, int to) {
        int index = to;
        while (index > from && Character.isWhitespace(text.charAt(index - 1))) {
            index--;
        }
        return index;
    }

    private int colon(Entry entry) {
        return text.indexOf(':', end(entry.key()));
    }

    private int lineEnd(int index) {
        int at = text.indexOf('\n', index);
        int stop = at < 0 ? text.length() : at;
        return stop > 0 && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
    }

    /** Takes an entry out of the mapping at this path; the text as it is when there is none. */
    public String remove(List<String> path, String key) throws CannotSpliceException {
        var holder = at(path);
        var found = holder.flatMap(m -> entry(m, key));
        if (found.isEmpty()) {
            return text;
        }
        refuseAnchors(found.get());
        return holder.get().getFlowStyle() == FlowStyle.FLOW
                ? cutFlow(holder.get(), found.get())
                : cutLines(found.get());
    }

    /** The mapping at this path; empty when there is none. */
    private Optional<MappingNode> at(List<String> path) throws CannotSpliceException {
        Node at = root;
        for (var step : path) {
            var next = at instanceof MappingNode mapping ? entry(mapping, step) : Optional.<Entry>empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            refuseAlias(next.get());
            at = next.get().value();
        }
        return at instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
    }

    /**
     * Gives an entry of the mapping at this path another value, and leaves the comment behind it; the text as it is when there is
     * none.
     *
     * @param value as it is to be written, on one line
     */
    public String set(List<String> path, String key, String value) throws CannotSpliceException {
        var found = at(path).flatMap(m -> entry(m, key));
        return found.isEmpty() ? text : replaced(found.get(), value);
    }

    private String replaced(Entry entry, String value) throws CannotSpliceException {
        refuseAlias(entry);
        refuseAnchors(entry);
        int behind = colon(entry) + 1;
        if (entry.isNull()) {
            return insert(behind, " " + value);
        }
        return text.substring(0, behind) + " " + value + text.substring(lastIndex(entry));
    }

    /** Gives an entry of the mapping at this path another key; the text as it is when there is none. */
    public String rename(List<String> path, String key, String to) throws CannotSpliceException {
        var found = at(path).flatMap(m -> entry(m, key));
        return found.map(e -> text.substring(0, start(e.key())) + to + text.substring(end(e.key())))
                .orElse(text);
    }

    private static void refuseAnchors(Entry entry) throws CannotSpliceException {
        if (entry.isAlias()) {
            return;
        }
        var seen = new IdentityHashMap<Node, Boolean>();
        if (isAnchored(entry.value(), seen)) {
            throw new CannotSpliceException("\"" + entry.key().getValue() + "\" (line "
                    + (entry.key().getStartMark().getLine() + 1)
                    + ") holds an anchor that others may use; edit it by hand");
        }
    }

    private static boolean isAnchored(Node node, IdentityHashMap<Node, Boolean> seen) {
        if (node instanceof AnchorNode || seen.put(node, true) != null) {
            return true;
        }
        return node.getAnchor() != null
                || switch (node) {
                    case MappingNode m -> m.getValue().stream().anyMatch(t -> isAnchored(t.getValueNode(), seen));
                    case SequenceNode s -> s.getValue().stream().anyMatch(n -> isAnchored(n, seen));
                    default -> false;
                };
    }

    private String cutLines(Entry entry) throws CannotSpliceException {
        int begin = text.lastIndexOf('\n', start(entry.key()) - 1) + 1;
        if (!text.substring(begin, start(entry.key())).isBlank()) {
            throw new CannotSpliceException("line "
                    + (entry.key().getStartMark().getLine() + 1) + " holds more than this entry; edit it by hand");
        }
        int stop = text.indexOf('\n', lastIndex(entry));
        return stop < 0
                ? withoutLineBreak(text.substring(0, begin))
                : text.substring(0, begin) + text.substring(stop + 1);
    }

    /** A file whose last line had no line break has none afterwards. */
    private static String withoutLineBreak(String left) {
        return left.replaceFirst("\\r?\\n$", "");
    }

    private String cutFlow(MappingNode holder, Entry entry) {
        int begin = start(entry.key());
        int stop = entry.isNull() || entry.isAlias() ? Math.max(colon(entry) + 1, 0) : end(entry.value());
        if (entry.isAlias()) {
            while (stop < text.length() && ",}".indexOf(text.charAt(stop)) < 0) {
                stop++;
            }
        }
        int next = stop;
        while (Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (text.charAt(next) == ',') {
            next++;
            while (Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            return text.substring(0, begin) + text.substring(next);
        }
        // The blank behind a sign at the end goes with it, unless these braces have blanks inside.
        if (entry.isNull() && !Character.isWhitespace(text.charAt(start(holder) + 1))) {
            stop = next;
        }
        int back = lastText(0, begin);
        return back > 0 && text.charAt(back - 1) == ','
                ? text.substring(0, back - 1) + text.substring(stop)
                : text.substring(0, begin) + text.substring(stop);
    }
}
