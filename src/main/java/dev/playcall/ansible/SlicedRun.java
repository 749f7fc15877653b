package dev.playcall.ansible;

import dev.playcall.catalog.ansiblecfg.RunTuning;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.runner.Launcher.CannotLaunchException;
import java.util.List;
import java.util.stream.Stream;

/** Runs that several Ansible processes work on at once, each with hosts of its own ({@code slices.py}). */
final class SlicedRun {
    /** With fewer hosts to a slice, its start costs more than it saves. */
    private static final int HOSTS_EACH = 100;

    private SlicedRun() {}

    /**
     * How many there are at most; the playbook may need one.
     *
     * @param hosts of the run, if all of its hosts are meant
     * @param processors of this machine
     */
    static int count(RunTuning tuning, int hosts, int processors) {
        int wanted = tuning.slices().value().orElse(1);
        int worthIt = wanted == AnsibleTuning.AUTO ? Math.min(processors, hosts / HOSTS_EACH) : wanted;
        return Math.max(1, Math.min(worthIt, hosts));
    }

    /** @param argv of ansible-playbook */
    static List<String> argv(int count, ProgramPaths programs, PythonFiles python, List<String> argv)
            throws CannotLaunchException {
        if (count == 1) {
            return argv;
        }
        var before = List.of(programs.interpreter(), "-I", python.slices().toString(), Integer.toString(count));
        return Stream.concat(before.stream(), argv.stream()).toList();
    }
}
