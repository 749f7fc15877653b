package dev.playcall.ansible;

import dev.playcall.ansible.event.InventoryError;
import dev.playcall.background.ChildProcess;
import dev.playcall.catalog.fetched.InventoryRefresh.InventoryFetcher;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.EnvironmentSource.FetchPlan;
import dev.playcall.config.file.FileTrees;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks {@code ansible-inventory --list} with the plugins and scripts that are allowed, in the rights of a run. */
final class InventoryFetchProgram implements InventoryFetcher {
    private static final int LONGEST = 300;
    private static final long LARGEST = 32L << 20;

    private final Supplier<AnsibleSettings> settings;
    private final ProgramPaths programPaths;
    private final PythonFiles python;
    private final Path folder;
    private final UnaryOperator<String> redaction;

    /** @param folder where the inputs are put while it is asked */
    InventoryFetchProgram(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            Path folder,
            UnaryOperator<String> redaction) {
        this.settings = settings;
        this.programPaths = programPaths;
        this.python = python;
        this.folder = folder;
        this.redaction = redaction;
    }

    @Override
    public Answer fetch(EnvironmentSource source, FetchPlan plan) {
        try {
            var program = programPaths.find("ansible-inventory");
            return program.isEmpty()
                    ? new Answer.Failed("ansible-inventory is not installed")
                    : inFolder(program.get(), source, plan);
        } catch (IOException e) {
            return new Answer.Failed("ansible-inventory could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("ansible-inventory could not be run: the gateway is stopping");
        }
    }

    private Answer inFolder(Path program, EnvironmentSource source, FetchPlan plan)
            throws IOException, InterruptedException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, mine);
        var inputs = Files.createTempDirectory(folder, "inventory-", mine);
        try {
            return ask(program, source, plan, inputs);
        } finally {
            FileTrees.delete(inputs);
        }
    }

    private Answer ask(Path program, EnvironmentSource source, FetchPlan plan, Path inputs)
            throws IOException, InterruptedException {
        var out = inputs.resolve("out");
        var errors = inputs.resolve("err");
        var process = ChildProcess.start(process(program, source, plan, inputs, out, errors), ChildProcess.Rest.END);
        if (!process.endsWithin(plan.timeout())) {
            return new Answer.Failed(
                    "its plugins and scripts did not answer in " + TextFormat.duration(plan.timeout()));
        }
        if (process.exitValue() != 0) {
            return new Answer.Failed(errorMessage(errors));
        }
        return Files.size(out) > LARGEST
                ? new Answer.Failed("the result is larger than " + TextFormat.size(LARGEST))
                : new Answer.Listed(Files.readString(out));
    }

    private ProcessBuilder process(
            Path program, EnvironmentSource source, FetchPlan plan, Path inputs, Path out, Path errors)
            throws IOException {
        var argv = new ArrayList<>(List.of(program.toString(), "--list", "--export"));
        source.inventories().forEach(i -> argv.add("--inventory=" + i));
        var environment = environment(source, plan, inputs);
        var builder = new ProcessBuilder(RunUserFiles.command(settings.get(), programPaths, python, inputs, argv))
                .directory(settings.get().workingDirectory().toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private Map<String, String> environment(EnvironmentSource source, FetchPlan plan, Path inputs) throws IOException {
        Files.createDirectory(inputs.resolve("tmp"));
        var control = Files.createDirectory(inputs.resolve("cp"));
        var environment = new RunEnvironment(settings.get(), programPaths, python).of(inputs, control);
        environment.put("ANSIBLE_INVENTORY_ENABLED", enabled(source, plan));
        environment.put("ANSIBLE_INVENTORY_PLUGINS", plugins());
        // Variables of files are read by each run, with its passwords; here a vaulted one would only be an error.
        environment.put("ANSIBLE_VARS_ENABLED", "");
        return environment;
    }

    /** In Ansible's order: what is executed comes before what could mistake it for data. */
    private static String enabled(EnvironmentSource source, FetchPlan plan) {
        var data = source.inventories().stream()
                .filter(f -> !plan.programs().contains(f))
                .toList();
        return Stream.of(
                        plan.programs().isEmpty() ? Stream.<String>empty() : Stream.of("script"),
                        plan.plugins().stream().distinct(),
                        data.isEmpty() ? Stream.<String>empty() : Stream.of(InventoryFile.plugins(data)))
                .flatMap(s -> s)
                .collect(Collectors.joining(","));
    }

    /** The repository's own inventory plugins lie where those of others do. */
    private String plugins() {
        var project = settings.get().project();
        return Stream.of(
                        python.inventories(),
                        project.resolve("inventory_plugins"),
                        project.resolve("plugins/inventory"))
                .filter(Files::isDirectory)
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private String errorMessage(Path file) throws IOException {
        return redaction.apply(Truncate.of(InventoryError.message(Files.readString(file)), LONGEST));
    }
}
