package dev.playcall.ansible;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Plans;
import dev.playcall.catalog.fetched.InventoryRefresh.InventoryFetcher;
import dev.playcall.catalog.inventory.InventoryCheck;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.journal.RunArtifacts;
import dev.playcall.runner.Launcher;
import dev.playcall.security.secret.SecretService;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Ansible as this machine has it, for everything that has it start runs or asks it something. */
public final class AnsiblePrograms {
    private final Supplier<AnsibleSettings> settings;
    private final ProgramPaths paths;
    private final PythonFiles python;
    private final Path scratch;
    private final UnaryOperator<String> redaction;

    /**
     * Unpacks Playcall's Python programs.
     *
     * @param library the folder below which they are unpacked
     * @param scratch the folder for what is needed only while a program is asked
     * @param redaction takes secrets out of what programs said
     * @throws java.io.UncheckedIOException they cannot be unpacked
     */
    public AnsiblePrograms(
            Supplier<AnsibleSettings> settings,
            ProgramPaths paths,
            Path library,
            Path scratch,
            UnaryOperator<String> redaction) {
        this.settings = settings;
        this.paths = paths;
        this.python = PythonFiles.unpack(library);
        this.scratch = scratch;
        this.redaction = redaction;
    }

    /** The copy of the playbook and the event lines in the folders of runs. */
    public static RunArtifacts artifacts(Path runs) {
        return new RunArtifactFiles(runs);
    }

    public InventoryCheck inventories() {
        return new InventoryProgram(settings, paths, python, redaction);
    }

    /** Executes the plugins and scripts of inventories, in the rights of a run. */
    public InventoryFetcher inventoryFetcher() {
        return new InventoryFetchProgram(settings, paths, python, scratch, redaction);
    }

    public PlaybookCheck syntax() {
        return new SyntaxProgram(settings, paths, python, scratch, redaction);
    }

    /**
     * Starts runs.
     *
     * @param content where playbooks, roles and collections come from
     * @param catalogs the environments, with the hosts that stand in no file
     */
    public Launcher launcher(SecretService secrets, ContentSource content, Catalogs catalogs) {
        return new AnsibleLauncher(settings, paths, python, secrets, content, catalogs);
    }

    /** What runs would do. To be made once: it removes what an earlier gateway left in the scratch folder. */
    public Plans plans(SecretService secrets, ContentSource content, Catalogs catalogs) {
        return new ListedPlans(settings, paths, python, catalogs, secrets, scratch, redaction, content);
    }

    /** The program that supervises a run. */
    public Path supervisor() {
        return python.supervisor();
    }

    /** The program that imports Ansible once for many runs. */
    public Path warm() {
        return python.warm();
    }
}
