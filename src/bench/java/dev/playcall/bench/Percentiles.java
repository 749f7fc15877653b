package dev.playcall.bench;

import java.util.List;

/** Figures that were measured, in their order. */
record Percentiles(List<Double> sorted) {
    static Percentiles of(List<Double> all) {
        return new Percentiles(all.stream().sorted().toList());
    }

    /** @param share 0.99 for what one in a hundred is above */
    double at(double share) {
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round((sorted.size() - 1) * share)));
    }
}
