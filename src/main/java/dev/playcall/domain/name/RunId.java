package dev.playcall.domain.name;

/** Number of a run: short, counted from 1, never reused. Prints as people write it, {@code #412}. */
public record RunId(long value) implements Comparable<RunId> {
    public RunId {
        if (value < 1) {
            throw new IllegalArgumentException("a run number starts at 1, not " + value);
        }
    }

    @Override
    public int compareTo(RunId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "#" + value;
    }
}
