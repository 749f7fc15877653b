package dev.playcall.domain.rollout;

import dev.playcall.domain.format.TextFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a playbook is rolled out over many hosts.
 *
 * @param waves the sizes of the first waves, of all hosts; the hosts left over are the last wave
 * @param maxFailed nothing further starts when more than this share of the hosts begun failed or was unreachable
 * @param rollback the operation or playbook that takes the failed wave back; empty for none
 */
public record Rollout(List<HostShare> waves, HostShare maxFailed, WavePause pause, String rollback) {
    public static final String REST = "rest";
    public static final int MOST_WAVES = 50;

    public static final Rollout DEFAULT = new Rollout(
            List.of(new HostShare(1, false), new HostShare(10, true), new HostShare(50, true)),
            new HostShare(10, true),
            WavePause.NONE,
            "");

    public Rollout {
        waves = List.copyOf(waves);
    }

    /** The hosts of each wave, in their order; no wave is empty, and each host is in exactly one. */
    public List<List<String>> slices(List<String> hosts) {
        var slices = new ArrayList<List<String>>();
        int from = 0;
        for (var wave : waves) {
            int to = Math.min(hosts.size(), from + wave.of(hosts.size()));
            if (to > from) {
                slices.add(List.copyOf(hosts.subList(from, to)));
            }
            from = to;
        }
        if (from < hosts.size()) {
            slices.add(List.copyOf(hosts.subList(from, hosts.size())));
        }
        return slices;
    }

    /** Which of the selected hosts are skipped because no play is for them, one line; empty when there is none. */
    public static Optional<String> untouchedLine(List<String> hosts, int named) {
        return hosts.isEmpty()
                ? Optional.empty()
                : Optional.of((hosts.size() == 1 ? "1 host is" : hosts.size() + " hosts are")
                        + " skipped, because no play of the playbook is for " + (hosts.size() == 1 ? "it: " : "them: ")
                        + TextFormat.list(hosts, named));
    }

    /** The same with waves of these numbers of hosts. */
    public Rollout with(List<Integer> hosts) {
        var first = hosts.subList(0, hosts.size() - 1);
        return new Rollout(first.stream().map(n -> new HostShare(n, false)).toList(), maxFailed, pause, rollback);
    }

    /** The sizes as they are written: {@code 1,10%,rest}. */
    public String sizes() {
        return Stream.concat(waves.stream().map(HostShare::toString), Stream.of(REST))
                .collect(Collectors.joining(","));
    }

    /** What it does, one line: {@code waves 1,10%,rest; stops above 10% failed; waits for approval between waves}. */
    public String line() {
        var text = new StringBuilder("waves ").append(sizes()).append("; stops when more than ");
        text.append(maxFailed).append(maxFailed.percent() ? " of the hosts fail" : " hosts fail");
        if (pause.approve()) {
            text.append("; pauses after each wave until it is resumed");
        } else if (!pause.time().isZero()) {
            text.append("; waits ").append(pause.word()).append(" after each wave");
        }
        return rollback.isEmpty() ? text.toString() : text + "; a failed wave is rolled back with " + rollback;
    }

    /** A number of hosts, or a percentage of some: {@code 10}, {@code 10%}. */
    public record HostShare(int number, boolean percent) {
        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})(%?)");
        private static final int WHOLE = 100;

        /** What this text says; empty for anything else and for more than 100 %. */
        public static Optional<HostShare> of(String text) {
            var found = WRITTEN.matcher(text.strip());
            if (!found.matches()) {
                return Optional.empty();
            }
            var share = new HostShare(
                    Integer.parseInt(found.group(1)), !found.group(2).isEmpty());
            return Optional.of(share).filter(s -> !s.percent || s.number <= WHOLE);
        }

        /** How many of {@code all} that is: rounded down as Ansible's {@code serial} does, and at least one. */
        int of(int all) {
            return Math.max(1, percent ? (int) ((long) all * number / WHOLE) : number);
        }

        /** Whether {@code some} of {@code all} is more than this share. */
        public boolean isExceeded(int some, int all) {
            return percent ? (long) some * WHOLE > (long) number * all : some > number;
        }

        @Override
        public String toString() {
            return number + (percent ? "%" : "");
        }
    }

    /**
     * What happens between two waves.
     *
     * @param approve whether the next wave waits until a person resumes the deployment
     * @param time how long it waits otherwise; zero for not at all
     */
    public record WavePause(boolean approve, Duration time) {
        public static final WavePause NONE = new WavePause(false, Duration.ZERO);
        public static final WavePause APPROVE = new WavePause(true, Duration.ZERO);

        /** {@code none}, {@code approve} or a duration, as it is configured. */
        public String word() {
            if (approve) {
                return "approve";
            }
            return time.isZero()
                    ? "none"
                    : part(time.toDays(), 'd')
                            + part(time.toHoursPart(), 'h')
                            + part(time.toMinutesPart(), 'm')
                            + part(time.toSecondsPart(), 's');
        }

        private static String part(long n, char unit) {
            return n > 0 ? Long.toString(n) + unit : "";
        }
    }
}
