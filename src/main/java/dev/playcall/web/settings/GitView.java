package dev.playcall.web.settings;

import dev.playcall.web.pages.Fact;
import java.util.List;

/**
 * Where playbooks, inventories, collections and roles come from.
 *
 * @param syncs what came of the last ones; {@code installs} likewise
 * @param unfinished the checkout that a sync was cut off in, empty where there is none
 * @param working runs that a sync would change the files of
 * @param may whether this user may sync and install
 */
record GitView(
        List<Tree> trees,
        List<RecentAction> syncs,
        String unfinished,
        String working,
        Galaxy galaxy,
        List<RecentAction> installs,
        boolean may) {
    public static final GitView NONE =
            new GitView(List.of(), List.of(), "", "", new Galaxy("", "", "", List.of(), false), List.of(), false);

    public GitView {
        trees = List.copyOf(trees);
        syncs = List.copyOf(syncs);
        installs = List.copyOf(installs);
    }

    /**
     * A checkout.
     *
     * @param facts its state
     * @param blocker why it would not be synced
     * @param edited files that are changed here, {@code unknown} those that are not in git
     */
    public record Tree(String folder, List<Fact> facts, String blocker, List<String> edited, List<String> unknown) {
        public Tree {
            facts = List.copyOf(facts);
            edited = List.copyOf(edited);
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * What requirements want.
     *
     * @param wanted in words, empty where nothing is
     * @param state in words; {@code tone} is how good that is
     * @param sets that are installed, the wanted one first
     * @param installable whether there is something to install
     */
    public record Galaxy(String wanted, String state, String tone, List<Stock> sets, boolean installable) {
        public Galaxy {
            sets = List.copyOf(sets);
        }
    }

    /** A set of collections and roles. */
    public record Stock(String name, boolean wanted, String installed, String used, List<String> parts) {
        public Stock {
            parts = List.copyOf(parts);
        }
    }
}
