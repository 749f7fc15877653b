package dev.playcall.ansible;

import dev.playcall.domain.format.NaturalOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code --list-hosts --list-tasks} prints, told apart by how far it is indented. */
record TaskListing(List<String> hosts, List<String> tasks) {
    private static final int MOST_TASKS = 500;
    private static final Pattern PLAY = Pattern.compile(" {2}play #\\d+ \\((.*?)\\): (.*?)\\tTAGS: \\[.*]");
    private static final Pattern HOSTS = Pattern.compile(" {4}hosts \\(\\d+\\):");
    private static final Pattern TASK = Pattern.compile(" {6}(.*?)\\tTAGS: \\[.*]");
    private static final Pattern HOST = Pattern.compile(" {6}(\\S+)");

    static TaskListing of(List<String> lines) {
        Set<String> hosts = new LinkedHashSet<>();
        var tasks = new ArrayList<String>();
        boolean inHosts = false;
        for (var line : lines) {
            var play = PLAY.matcher(line);
            var task = TASK.matcher(line);
            var host = HOST.matcher(line);
            if (play.matches()) {
                tasks.add(play.group(2) + " (" + play.group(1) + ")");
                inHosts = false;
            } else if (HOSTS.matcher(line).matches()) {
                inHosts = true;
            } else if (task.matches()) {
                tasks.add("  " + task.group(1));
                inHosts = false;
            } else if (inHosts && host.matches()) {
                hosts.add(host.group(1));
            }
        }
        return new TaskListing(
                hosts.stream().sorted(NaturalOrder.NAMES).toList(),
                tasks.stream().limit(MOST_TASKS).toList());
    }
}
