package dev.playcall.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code ansible-inventory --list}, asked often: Ansible is loaded once, and each question has a process of its own. */
public final class AnsibleInventory implements AutoCloseable {
    private static final Path PROGRAM = Path.of("src", "test", "resources", "programs", "list_inventories.py");
    private static final String NAME = "ansible-inventory";

    private final Process process;
    private final Writer questions;
    private final BufferedReader codes;

    /** @param plugin the one that may read inventories; what it cannot read is an error */
    public AnsibleInventory(String plugin) throws IOException {
        var builder = new ProcessBuilder(Stream.concat(python().stream(), Stream.of(PROGRAM.toString()))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ANSIBLE_INVENTORY_ENABLED", plugin);
        builder.environment().put("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        process = builder.start();
        questions = process.outputWriter();
        codes = process.inputReader();
    }

    /** The Python that the installed program starts with: Ansible may live in an environment of its own. */
    private static List<String> python() throws IOException {
        var program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(NAME + " is not installed"));
        var first = Files.readAllLines(program).getFirst();
        if (!first.startsWith("#!")) {
            throw new IOException(program + " does not say what it starts with");
        }
        return List.of(first.substring(2).strip().split(" "));
    }

    /** What Ansible reads in this file. */
    public JsonNode list(Path file) throws IOException {
        questions.write(file + "\n");
        questions.flush();
        var code = Optional.ofNullable(codes.readLine()).orElse("gone");
        if (!code.equals("0")) {
            throw new AssertionError(NAME + " ended with " + code + " on " + Files.readString(file) + "\n"
                    + Files.readString(Path.of(file + ".err")));
        }
        return new ObjectMapper().readTree(Path.of(file + ".out").toFile());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
