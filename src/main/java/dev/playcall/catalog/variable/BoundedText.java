package dev.playcall.catalog.variable;

/**
 * A text that a pattern may look at only so often. A regular expression like {@code (a+)+b} can take longer than anybody
 * lives; counting its looks stops it at the same place every time, which a clock would not.
 */
record BoundedText(String text, int offset, int end, Looks looks) implements CharSequence {
    private static final int MOST = 1_000_000;

    BoundedText(String text) {
        this(text, 0, text.length(), new Looks());
    }

    /** Thrown out of the matcher; there is no other way to stop it. */
    static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyException() {
            super("the pattern takes too long", null, false, false);
        }
    }

    /** How often the text was looked at, together with its parts. */
    static final class Looks {
        private int count;
    }

    @Override
    public char charAt(int index) {
        if (++looks.count > MOST) {
            throw new TooManyException();
        }
        return text.charAt(offset + index);
    }

    @Override
    public int length() {
        return end - offset;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new BoundedText(text, offset + from, offset + to, looks);
    }

    @Override
    public String toString() {
        return text.substring(offset, end);
    }
}
