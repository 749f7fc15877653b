package dev.playcall.domain.ansible;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of {@code ansible-playbook} that a run may have besides its hosts, tags and check mode.
 *
 * @param skipTags tasks with these tags are left out
 * @param verbosity how many {@code -v}, from 0 to {@link #MOST_VERBOSE}
 * @param startAtTask name of the first task; {@code *} stands for any characters; empty for all tasks
 * @param flushCache whether cached facts are forgotten first
 */
public record AnsibleOptions(List<String> skipTags, int verbosity, String startAtTask, boolean flushCache) {
    public static final int MOST_VERBOSE = 4;
    public static final AnsibleOptions NONE = new AnsibleOptions(List.of(), 0, "", false);

    public AnsibleOptions {
        skipTags = List.copyOf(skipTags);
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
                        + (flushCache ? " --flush-cache" : ""))
                .strip();
    }
}
