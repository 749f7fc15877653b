package dev.playcall.ansible;

import dev.playcall.background.ChildProcess;
import dev.playcall.catalog.playbook.PlaybookCheck;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks {@code ansible-playbook --syntax-check}, in the environment that runs have. */
final class SyntaxProgram implements PlaybookCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int LONGEST = 400;
    private static final Pattern LINE = Pattern.compile("(?:line |\\.yml:)(\\d+)");

    private final Supplier<AnsibleSettings> settings;
    private final ProgramPaths programPaths;
    private final PythonFiles python;
    private final Path scratch;
    private final UnaryOperator<String> redaction;
    private final Optional<ContentSource.PlaybookEnvironment> own;

    /** @param scratch where a folder is made for each question, and removed again */
    SyntaxProgram(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            Path scratch,
            UnaryOperator<String> redaction) {
        this(settings, programPaths, python, scratch, redaction, Optional.empty());
    }

    private SyntaxProgram(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            Path scratch,
            UnaryOperator<String> redaction,
            Optional<ContentSource.PlaybookEnvironment> own) {
        this.settings = settings;
        this.programPaths = programPaths;
        this.python = python;
        this.scratch = scratch;
        this.redaction = redaction;
        this.own = own;
    }

    @Override
    public PlaybookCheck in(Path environment) {
        var there = Optional.of(new ContentSource.PlaybookEnvironment(environment));
        return new SyntaxProgram(settings, programPaths, python, scratch, redaction, there);
    }

    @Override
    public Optional<String> problem(Path file, String shown) {
        return problem(List.of(file), shown);
    }

    /** For the price of one. */
    @Override
    public boolean acceptsAll(List<Path> files) {
        return problem(files, "").isEmpty();
    }

    private Optional<String> problem(List<Path> files, String shown) {
        var program = own.map(ContentSource.PlaybookEnvironment::program)
                .map(Path::of)
                .or(() -> programPaths.find("ansible-playbook"));
        if (program.isEmpty()) {
            return Optional.of("ansible-playbook is not installed, so the syntax cannot be checked");
        }
        @Nullable Path folder = null;
        try {
            Files.createDirectories(scratch);
            folder = Files.createTempDirectory(scratch, "syntax-");
            Files.createDirectory(folder.resolve("tmp"));
            Files.writeString(folder.resolve("hosts.yml"), "all: { hosts: { localhost: } }\n");
            return ask(program.get(), files, shown, folder);
        } catch (IOException e) {
            return Optional.of("ansible-playbook could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("ansible-playbook could not be run: the gateway is stopping");
        } finally {
            ScratchDirs.remove(folder);
        }
    }

    private Optional<String> ask(Path program, List<Path> files, String shown, Path folder)
            throws IOException, InterruptedException {
        var output = folder.resolve("said");
        var asked = new ArrayList<>(
                List.of(program.toString(), "--syntax-check", "--inventory=" + folder.resolve("hosts.yml")));
        files.forEach(f -> asked.add(f.toString()));
        var builder = new ProcessBuilder(RunUserFiles.command(settings.get(), programPaths, python, folder, asked))
                .directory(settings.get().workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(new RunEnvironment(settings.get(), programPaths, python).of(folder, folder));
        own.ifPresent(e -> e.addTo(builder.environment()));
        var process = ChildProcess.start(builder, ChildProcess.Rest.END);
        if (!process.endsWithin(TIMEOUT)) {
            return Optional.of("ansible-playbook did not answer in " + TextFormat.duration(TIMEOUT));
        }
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(errorMessage(
                        Files.readString(output), files.getFirst().getFileName().toString(), shown));
    }

    /** What is wrong first, with the line where Ansible saw it. */
    private String errorMessage(String output, String draft, String shown) {
        var what = output.lines()
                .filter(l -> l.startsWith("ERROR! ") || l.startsWith("[ERROR]: "))
                .findFirst()
                .map(l -> l.replaceFirst("^(ERROR! |\\[ERROR]: )", ""))
                .orElse("ansible-playbook ended with an error");
        var line = output.lines()
                .filter(l -> l.contains(draft))
                .map(LINE::matcher)
                .filter(java.util.regex.Matcher::find)
                .findFirst()
                .map(m -> ":" + m.group(1))
                .orElse("");
        var clean = redaction.apply(shown + line + ": " + what.replace(draft, shown.replaceFirst(".*/", "")));
        return Truncate.of(clean, LONGEST);
    }
}
