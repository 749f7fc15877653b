package dev.playcall.ansible;

import dev.playcall.ansible.event.InventoryError;
import dev.playcall.background.ChildProcess;
import dev.playcall.catalog.inventory.InventoryCheck;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Asks {@code ansible-inventory --list}, which executes nothing of an inventory that is data. */
final class InventoryProgram implements InventoryCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int LONGEST = 300;

    private final Supplier<AnsibleSettings> settings;
    private final ProgramPaths programPaths;
    private final PythonFiles python;
    private final UnaryOperator<String> redaction;

    InventoryProgram(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            UnaryOperator<String> redaction) {
        this.settings = settings;
        this.programPaths = programPaths;
        this.python = python;
        this.redaction = redaction;
    }

    @Override
    public Optional<String> problem(List<Path> files) {
        var program = programPaths.find("ansible-inventory");
        if (program.isEmpty()) {
            return Optional.of("ansible-inventory is not installed, so the inventory cannot be checked");
        }
        @Nullable Path folder = null;
        try {
            folder = Files.createTempDirectory("playcall-inventory");
            Files.createDirectory(folder.resolve("tmp"));
            return ask(program.get(), files, folder);
        } catch (IOException e) {
            return Optional.of("ansible-inventory could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("ansible-inventory could not be run: the gateway is stopping");
        } finally {
            ScratchDirs.remove(folder);
        }
    }

    private Optional<String> ask(Path program, List<Path> files, Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("said");
        var argv = new ArrayList<>(List.of(program.toString(), "--list", "--export"));
        files.forEach(f -> argv.add("--inventory=" + f));
        var builder = new ProcessBuilder(argv)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(new RunEnvironment(settings.get(), programPaths, python).of(folder, folder));
        builder.environment().put("ANSIBLE_INVENTORY_ENABLED", InventoryFile.plugins(files));
        var process = ChildProcess.start(builder, ChildProcess.Rest.END);
        if (!process.endsWithin(TIMEOUT)) {
            return Optional.of("ansible-inventory did not answer in " + TextFormat.duration(TIMEOUT));
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of(errorMessage(output));
    }

    private String errorMessage(Path file) throws IOException {
        return redaction.apply(Truncate.of(InventoryError.message(Files.readString(file)), LONGEST));
    }
}
