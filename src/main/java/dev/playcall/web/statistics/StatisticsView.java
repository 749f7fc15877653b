package dev.playcall.web.statistics;

import dev.playcall.web.pages.Chip;
import java.util.List;

/**
 * What the runs of some days add up to.
 *
 * @param bars one for each day, oldest first
 * @param busiest most runs of a day
 * @param cost empty when nothing was measured
 */
record StatisticsView(
        String tone,
        String headline,
        String detail,
        List<Chip> periods,
        List<Chip> environments,
        List<Bar> bars,
        int busiest,
        List<Table> tables,
        String cost) {
    public StatisticsView {
        periods = List.copyOf(periods);
        environments = List.copyOf(environments);
        bars = List.copyOf(bars);
        tables = List.copyOf(tables);
    }

    /** The runs of one day; those that were cancelled or refused are neither good nor bad. */
    public record Bar(String day, int runs, int good, int bad) {
        public int other() {
            return runs - good - bad;
        }
    }

    /** A table under its title. */
    public record Table(String title, List<String> header, List<Row> rows) {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /** @param link where the first cell leads, empty for nowhere */
    public record Row(String link, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }
}
