package dev.playcall.web.log;

import dev.playcall.domain.Timeline;
import dev.playcall.domain.format.HostLines.SliceMark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When the tasks of a log began, which its lines do not say: its headlines and the steps of the run are in the same order.
 * To be asked for one section after the other.
 */
final class SectionTimes {
    private final List<Timeline.Step> steps;
    private int next;
    private String play = "";

    SectionTimes(List<Timeline.Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Empty for a play, and where it is not known, as of one of several slices: a step is of all of them. */
    Optional<Instant> of(LogOutline.Section section) {
        if (!SliceMark.of(section.text()).isEmpty()) {
            return Optional.empty();
        }
        var name = name(section.text());
        if (section.play()) {
            play = name;
            return Optional.empty();
        }
        for (int i = next; i < steps.size(); i++) {
            if (steps.get(i).task().equals(name) && steps.get(i).play().equals(play)) {
                next = i + 1;
                return Optional.of(steps.get(i).began());
            }
        }
        return Optional.empty();
    }

    /** {@code TASK [name]}. */
    private static String name(String headline) {
        int from = headline.indexOf('[');
        int to = headline.lastIndexOf(']');
        return from < 0 || to < from ? "" : headline.substring(from + 1, to);
    }
}
