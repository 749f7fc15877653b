package dev.playcall.web.statistics;

import dev.playcall.web.pages.Chip;
import java.util.List;
import java.util.Map;

/**
 * What the runs of some days add up to.
 *
 * @param bars one for each day, oldest first
 * @param busiest most runs of a day
 * @param trends a line each for the playbooks with most runs; {@code cut} when not all runs were looked at for it
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
        List<PlaybookTrend> trends,
        boolean cut,
        List<Table> tables,
        String cost) {
    public StatisticsView {
        periods = List.copyOf(periods);
        environments = List.copyOf(environments);
        bars = List.copyOf(bars);
        trends = List.copyOf(trends);
        tables = List.copyOf(tables);
    }

    /**
     * The runs of one day; those that were cancelled or refused are neither good nor bad.
     *
     * @param link where they are listed; empty for a day without runs
     */
    public record Bar(String day, int runs, int good, int bad, String link) {
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

    /**
     * A line of it.
     *
     * @param link where the first cell leads
     * @param links where others lead, by their place
     */
    public record Row(String link, List<String> cells, Map<Integer, String> links) {
        public Row {
            cells = List.copyOf(cells);
            links = Map.copyOf(links);
        }

        Row(String link, List<String> cells) {
            this(link, cells, Map.of());
        }

        /** Empty for a cell that leads nowhere. */
        public String link(int place) {
            return place == 0 ? link : links.getOrDefault(place, "");
        }
    }
}
