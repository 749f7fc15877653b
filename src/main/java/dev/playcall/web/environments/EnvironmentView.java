package dev.playcall.web.environments;

import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.Differences.DiffRow;
import java.util.List;
import java.util.Optional;

/**
 * One environment and its policy file.
 *
 * @param hosts how many it has; empty where the policy has mistakes, so that it is not used
 * @param policy text of its {@code config.yml}, or what was written in its place
 * @param seen tag of what this is written in place of
 * @param problems what is wrong with the policy, one line for each mistake, each with its line of the file
 * @param line of the first mistake, from 1; 0 when it is not known
 * @param done what was found good, empty when nothing was asked
 * @param theirs what somebody else changed meanwhile, from what they wrote to what stands here
 * @param mayChange whether this visitor may change it here
 * @param elsewhere why nobody changes it here, empty where it is changed here
 */
record EnvironmentView(
        String name,
        Optional<Integer> hosts,
        String policy,
        String seen,
        List<String> problems,
        int line,
        String done,
        List<DiffRow.Line> theirs,
        boolean changed,
        boolean mayChange,
        String elsewhere,
        ActionForm archive) {
    public EnvironmentView {
        problems = List.copyOf(problems);
        theirs = List.copyOf(theirs);
    }
}
