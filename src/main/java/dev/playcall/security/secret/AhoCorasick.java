package dev.playcall.security.secret;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;

/**
 * Finds any of many texts in one pass, however many there are (Aho and Corasick). A state stands for the longest end of
 * what was read that begins one of the texts.
 */
final class AhoCorasick {
    private static final int ROOT = 0;

    private byte[] label = new byte[64];
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private int[] fallback = new int[64];
    private int[] depth = new int[64];
    /** Length of the longest text that ends in this state, 0 for none. */
    private int[] found = new int[64];

    private final int[] first = new int[256];
    private int size = 1;

    AhoCorasick(Collection<byte[]> texts) {
        for (var text : texts) {
            add(text);
        }
        link();
    }

    private void add(byte[] text) {
        int state = ROOT;
        for (byte b : text) {
            int next = step(state, b);
            state = next == ROOT ? grow(state, b) : next;
        }
        found[state] = depth[state];
    }

    private int grow(int parent, byte b) {
        if (size == label.length) {
            int capacity = size * 2;
            label = Arrays.copyOf(label, capacity);
            child = Arrays.copyOf(child, capacity);
            sibling = Arrays.copyOf(sibling, capacity);
            fallback = Arrays.copyOf(fallback, capacity);
            depth = Arrays.copyOf(depth, capacity);
            found = Arrays.copyOf(found, capacity);
        }
        int state = size++;
        label[state] = b;
        depth[state] = depth[parent] + 1;
        if (parent == ROOT) {
            first[b & 0xff] = state;
        } else {
            sibling[state] = child[parent];
            child[parent] = state;
        }
        return state;
    }

    /** The state one byte further down, {@link #ROOT} when there is none. */
    private int step(int state, byte b) {
        if (state == ROOT) {
            return first[b & 0xff];
        }
        int next = child[state];
        while (next != ROOT && label[next] != b) {
            next = sibling[next];
        }
        return next;
    }

    private void link() {
        var queue = new ArrayDeque<Integer>();
        for (int state : first) {
            if (state != ROOT) {
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found[state] = Math.max(found[state], found[fallback[state]]);
            for (int next = child[state]; next != ROOT; next = sibling[next]) {
                fallback[next] = next(fallback[state], label[next]);
                queue.add(next);
            }
        }
    }

    /** Where reading one more byte leads. */
    int next(int state, byte b) {
        int from = state;
        int to = step(from, b);
        while (to == ROOT && from != ROOT) {
            from = fallback[from];
            to = step(from, b);
        }
        return to;
    }

    int start() {
        return ROOT;
    }

    /** How much of what was read begins a text. */
    int begun(int state) {
        return depth[state];
    }

    /** Length of the longest text that ends here, 0 for none. */
    int ends(int state) {
        return found[state];
    }
}
