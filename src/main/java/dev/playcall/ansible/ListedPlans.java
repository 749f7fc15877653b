package dev.playcall.ansible;

import dev.playcall.background.ChildProcess;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Plans;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.config.file.FileTrees;
import dev.playcall.domain.Plan;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.NaturalOrder;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Asks {@code ansible-playbook --list-hosts --list-tasks}, which executes nothing. */
final class ListedPlans implements Plans {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int LONGEST_PROBLEM = 300;
    private static final int MOST_HOSTS = 2000;

    private final Supplier<AnsibleSettings> settings;
    private final AnsibleLauncher launcher;
    private final ProgramPaths programPaths;
    private final PythonFiles python;
    private final Catalogs catalogs;
    private final SecretService secrets;
    private final Path folder;
    private final UnaryOperator<String> redaction;

    /**
     * @param folder where the inputs are put while it is asked; what an earlier gateway left there is removed
     * @param contentSource which Python environment a playbook has
     */
    ListedPlans(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            Catalogs catalogs,
            SecretService secrets,
            Path folder,
            UnaryOperator<String> redaction,
            ContentSource contentSource) {
        this.settings = settings;
        this.launcher = new AnsibleLauncher(settings, programPaths, python, secrets, contentSource, catalogs);
        this.secrets = secrets;
        this.programPaths = programPaths;
        this.python = python;
        this.catalogs = catalogs;
        this.folder = folder;
        this.redaction = redaction;
        delete(folder);
    }

    @Override
    public Plan of(RunRequest request) {
        var whole = whole(request);
        return new Plan(
                whole.hosts().stream().limit(MOST_HOSTS).toList(),
                whole.tasks(),
                whole.listingError(),
                Optional.empty(),
                "");
    }

    @Override
    public Set<String> touched(RunRequest request) {
        return Set.copyOf(whole(request).hosts());
    }

    private Plan whole(RunRequest request) {
        if (request.playbook().isEmpty() && request.task().isEmpty()) {
            return outline(hosts(request), List.of(), "");
        }
        try {
            var inputs = newFolder();
            try {
                return ask(request, inputs);
            } finally {
                delete(inputs);
            }
        } catch (IOException | CannotLaunchException e) {
            return outline(hosts(request), List.of(), "the tasks could not be listed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outline(hosts(request), List.of(), "the tasks could not be listed: the gateway is stopping");
        }
    }

    private Path newFolder() throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, mine);
        return Files.createTempDirectory(folder, "plan-", mine);
    }

    private Plan ask(RunRequest request, Path inputs) throws IOException, InterruptedException, CannotLaunchException {
        Files.createDirectory(inputs.resolve("tmp"));
        var control = Files.createDirectory(inputs.resolve("cp"));
        var listed = launcher.listing(request, inputs);
        var out = inputs.resolve("out");
        var errors = inputs.resolve("err");
        var builder = new ProcessBuilder(
                        RunUserFiles.command(settings.get(), programPaths, python, inputs, listed.argv()))
                .directory(settings.get().workingDirectory().toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(new RunEnvironment(settings.get(), programPaths, python).of(inputs, control));
        builder.environment().put("ANSIBLE_INVENTORY_ENABLED", listed.plugins());
        listed.own().ifPresent(e -> e.addTo(builder.environment()));
        builder.environment()
                .putAll(new RunSecrets(secrets, listed.origin(), settings.get().config(), request, inputs).write());
        var process = ChildProcess.start(builder, ChildProcess.Rest.END);
        if (!process.endsWithin(TIMEOUT)) {
            return outline(
                    hosts(request), List.of(), "Ansible did not list the tasks in " + TextFormat.duration(TIMEOUT));
        }
        if (process.exitValue() != 0) {
            return outline(hosts(request), List.of(), "the tasks could not be listed: " + errorMessage(errors));
        }
        var taskListing = TaskListing.of(Files.readAllLines(out));
        return outline(taskListing.hosts(), taskListing.tasks(), "");
    }

    private Plan outline(List<String> hosts, List<String> tasks, String problem) {
        return new Plan(hosts, tasks.stream().map(redaction).toList(), redaction.apply(problem), Optional.empty(), "");
    }

    /** From the inventory alone: a play may leave some of them out. */
    private List<String> hosts(RunRequest request) {
        return request.hosts().isEmpty()
                ? catalogs.current()
                        .environment(request.environment())
                        .map(Environment::hosts)
                        .orElse(List.of())
                : request.hosts();
    }

    private static String errorMessage(Path file) throws IOException {
        var lines = Files.readString(file).lines().map(String::strip).filter(l -> !l.isEmpty());
        var text = lines.filter(l -> l.startsWith("ERROR") || l.startsWith("[ERROR]"))
                .findFirst()
                .orElse("ansible-playbook ended with an error");
        return Truncate.of(text, LONGEST_PROBLEM);
    }

    private static void delete(Path path) {
        try {
            FileTrees.delete(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the inputs in " + path + " could not be removed", e);
        }
    }

    /** What {@code --list-hosts --list-tasks} prints, told apart by how far it is indented. */
    private record TaskListing(List<String> hosts, List<String> tasks) {
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
}
