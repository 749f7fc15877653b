package dev.playcall.domain.ansible;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How Ansible is run besides its hosts, tags and check mode, as far as a start says it.
 *
 * @param skipTags tasks with these tags are left out
 * @param verbosity how many {@code -v}, from 0 to {@link #MOST_VERBOSE}
 * @param startAtTask name of the first task; {@code *} stands for any characters; empty for all tasks
 * @param flushCache whether cached facts are forgotten first
 * @param slices how many Ansible processes divide the hosts among themselves, {@link #AUTO} for as many as they are worth; empty for
 *     what is configured
 */
public record AnsibleOptions(
        List<String> skipTags, int verbosity, String startAtTask, boolean flushCache, Optional<Integer> slices) {
    public static final int MOST_VERBOSE = 4;
    public static final int MOST_SLICES = 16;
    public static final int AUTO = 0;
    public static final AnsibleOptions NONE = new AnsibleOptions(List.of(), 0, "", false);

    public AnsibleOptions {
        skipTags = List.copyOf(skipTags);
    }

    /** In as many slices as are configured. */
    public AnsibleOptions(List<String> skipTags, int verbosity, String startAtTask, boolean flushCache) {
        this(skipTags, verbosity, startAtTask, flushCache, Optional.empty());
    }

    /** A number of slices as people write it, {@code auto} or a number; empty where it is neither. */
    public static Optional<Integer> slices(String text) {
        return text.equals("auto")
                ? Optional.of(AUTO)
                : Optional.of(text)
                        .filter(t -> t.matches("[1-9]\\d?"))
                        .map(Integer::parseInt)
                        .filter(n -> n <= MOST_SLICES);
    }

    /** The number of slices as people write it. */
    public static String written(int slices) {
        return slices == AUTO ? "auto" : Integer.toString(slices);
    }

    /** Whether it may take more processors than a run usually does. */
    public boolean isSliced() {
        return slices.filter(n -> n != 1).isPresent();
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** As arguments, each checked before; none can be read as another one. */
    public List<String> arguments() {
        var arguments = new ArrayList<String>();
        if (!skipTags.isEmpty()) {
            arguments.add("--skip-tags=" + String.join(",", skipTags));
        }
        if (!startAtTask.isEmpty()) {
            arguments.add("--start-at-task=" + startAtTask);
        }
        if (flushCache) {
            arguments.add("--flush-cache");
        }
        if (verbosity > 0) {
            arguments.add("-" + "v".repeat(verbosity));
        }
        return arguments;
    }

    /** As they would be typed; empty for none. */
    public String words() {
        return ((skipTags.isEmpty() ? "" : " --skip-tags " + String.join(",", skipTags))
                        + (startAtTask.isEmpty() ? "" : " --start-at-task \"" + startAtTask + '"')
                        + (verbosity == 0 ? "" : " -" + "v".repeat(verbosity))
                        + (flushCache ? " --flush-cache" : "")
                        + slices.map(n -> " --slices " + written(n)).orElse(""))
                .strip();
    }

    /** Part of what an approval covers: without slices it is what it was before there were any. */
    @Override
    public String toString() {
        return "AnsibleOptions[skipTags=" + skipTags + ", verbosity=" + verbosity + ", startAtTask=" + startAtTask
                + ", flushCache=" + flushCache
                + slices.map(n -> ", slices=" + n).orElse("") + "]";
    }
}
