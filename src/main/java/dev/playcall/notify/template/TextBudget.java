package dev.playcall.notify.template;

import java.io.Writer;
import java.util.concurrent.TimeUnit;

/** What one use of a template may cost: steps, characters and time. It is also what the template writes into. */
final class TextBudget extends Writer {
    private static final int STEPS = 20_000;
    private static final int LONGEST = 200_000;
    private static final long TIME = TimeUnit.SECONDS.toNanos(2);

    private final StringBuilder text = new StringBuilder();
    private final long until = System.nanoTime() + TIME;
    private int steps;

    /** It cost too much. */
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExceededException(String why) {
            super(why);
        }
    }

    void step() {
        if (++steps > STEPS || System.nanoTime() - until > 0) {
            throw new ExceededException("it does not come to an end (a list within itself?)");
        }
    }

    @Override
    public void write(char[] from, int offset, int length) {
        if (text.length() + length > LONGEST) {
            throw new ExceededException("it writes more than " + LONGEST + " characters");
        }
        text.append(from, offset, length);
    }

    String written() {
        return text.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
