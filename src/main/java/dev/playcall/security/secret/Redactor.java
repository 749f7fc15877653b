package dev.playcall.security.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces every known secret in a text, in every spelling it is likely to have. It learns new ones while it is in use,
 * and what was cut short by us ({@code …}) does not show the piece of a secret that is left. A value shorter than four
 * characters would black out ordinary words and is not looked for.
 */
public final class Redactor {
    static final String MASK = "[secret]";
    private static final byte[] MASK_BYTES = MASK.getBytes(StandardCharsets.UTF_8);
    private static final List<byte[]> CUTS = List.of(bytes("…"), bytes("\\u2026"));
    /** A piece this long of a secret is worth hiding. */
    private static final int PIECE = 4;

    private final Set<String> known = new LinkedHashSet<>();
    private volatile Search search = Search.of(List.of());

    private record Search(AhoCorasick forward, AhoCorasick backward, boolean idle) {
        static Search of(List<byte[]> texts) {
            var back = texts.stream().map(Redactor::reversed).toList();
            return new Search(new AhoCorasick(texts), new AhoCorasick(back), texts.isEmpty());
        }
    }

    /** A part of a text, {@code to} exclusive. */
    private record Span(int from, int to) {}

    public Redactor(Collection<String> values) {
        learn(values);
    }

    /** From now on these are secrets as well. */
    public synchronized void learn(Collection<String> values) {
        if (!known.addAll(values.stream().map(String::strip).toList())) {
            return;
        }
        var texts = known.stream()
                .flatMap(v -> SecretEncodings.of(v).stream())
                .distinct()
                .map(Redactor::bytes)
                .toList();
        search = Search.of(texts);
    }

    /** The text without secrets; the very same object when there was none. */
    public String redact(String text) {
        if (isIdle() || text.length() < PIECE) {
            return text;
        }
        var bytes = bytes(text);
        var spans = spans(search, bytes);
        return spans.isEmpty() ? text : new String(masked(bytes, spans), StandardCharsets.UTF_8);
    }

    /** The same for text in any encoding that keeps ASCII, such as the output of a program. */
    public byte[] redact(byte[] text) {
        var now = search;
        if (now.idle()) {
            return text;
        }
        var spans = spans(now, text);
        return spans.isEmpty() ? text : masked(text, spans);
    }

    private static byte[] masked(byte[] text, List<Span> spans) {
        var out = new ByteArrayOutputStream(text.length);
        int at = 0;
        for (var span : spans) {
            out.write(text, at, span.from() - at);
            out.write(MASK_BYTES, 0, MASK_BYTES.length);
            at = span.to();
        }
        out.write(text, at, text.length - at);
        return out.toByteArray();
    }

    /** How much of the beginning of a text that goes on can be redacted by itself without cutting a secret in two. */
    public int settled(byte[] text) {
        var matcher = search.forward();
        int state = matcher.start();
        for (byte b : text) {
            state = matcher.next(state, b);
        }
        int end = text.length - matcher.begun(state);
        return end > 0 ? end : text.length;
    }

    /** Whether there is anything to look for. */
    public boolean isIdle() {
        return search.idle();
    }

    private static List<Span> spans(Search now, byte[] text) {
        var spans = new ArrayList<Span>();
        var behindCuts = new BitSet();
        var matcher = now.forward();
        int state = matcher.start();
        for (int i = 0; i < text.length; i++) {
            int cut = cut(text, i);
            if (cut > 0) {
                piece(spans, i - matcher.begun(state), i);
                behindCuts.set(i + cut);
            }
            state = matcher.next(state, text[i]);
            if (matcher.ends(state) > 0) {
                spans.add(new Span(i + 1 - matcher.ends(state), i + 1));
            }
        }
        if (!behindCuts.isEmpty()) {
            ends(now.backward(), text, behindCuts, spans);
        }
        return joined(spans);
    }

    /** What stands behind a cut may be the end of a secret; read backwards it is a beginning. */
    private static void ends(AhoCorasick backward, byte[] text, BitSet behindCuts, List<Span> spans) {
        int state = backward.start();
        for (int i = text.length - 1; i >= 0; i--) {
            state = backward.next(state, text[i]);
            if (behindCuts.get(i)) {
                piece(spans, i, i + backward.begun(state));
            }
        }
    }

    private static void piece(List<Span> spans, int from, int to) {
        if (to - from >= PIECE) {
            spans.add(new Span(from, to));
        }
    }

    /** In their order, and those that overlap as one. */
    private static List<Span> joined(List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::from));
        var joined = new ArrayList<Span>();
        for (var span : spans) {
            if (!joined.isEmpty() && joined.getLast().to() > span.from()) {
                var last = joined.removeLast();
                joined.add(new Span(last.from(), Math.max(last.to(), span.to())));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    /** Length of the sign of a cut that stands here, 0 when none does. */
    private static int cut(byte[] text, int at) {
        for (var cut : CUTS) {
            if (text[at] == cut[0]
                    && at + cut.length <= text.length
                    && Arrays.equals(text, at, at + cut.length, cut, 0, cut.length)) {
                return cut.length;
            }
        }
        return 0;
    }

    private static byte[] reversed(byte[] text) {
        var back = new byte[text.length];
        for (int i = 0; i < text.length; i++) {
            back[text.length - 1 - i] = text[i];
        }
        return back;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
