package dev.playcall.ansible;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.runner.EventReader;
import dev.playcall.runner.Launcher;
import dev.playcall.runner.directory.PrivateFiles;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Turns a run into a command line for {@code ansible-playbook}. Nothing a person typed becomes an argument: hosts go in a
 * file of names that were resolved before, variables in a file of unsafe data, and the rest comes from the catalogue.
 */
public final class AnsibleLauncher implements Launcher {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<AnsibleSettings> settings;
    private final ProgramPaths programPaths;
    private final PythonFiles python;
    private final SecretService secretService;
    private final ContentSource contentSource;
    private final Function<EnvironmentName, List<RegisteredHost>> registered;

    /**
     * @param contentSource where playbooks, roles and collections come from
     * @param registered hosts of an environment that stand in no file, as they are now
     */
    public AnsibleLauncher(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            SecretService secrets,
            ContentSource contentSource,
            Function<EnvironmentName, List<RegisteredHost>> registered) {
        this.registered = registered;
        this.settings = settings;
        this.programPaths = programPaths;
        this.python = python;
        this.secretService = secrets;
        this.contentSource = contentSource;
    }

    @Override
    public ContentHold holdContent(Run run, Waiting waiting) throws CannotLaunchException {
        return contentSource.holdContent(run, waiting);
    }

    @Override
    public Optional<Revision> revision(Run run) {
        return contentSource.revision(run);
    }

    @Override
    public Launch prepare(Run run, Path folder) throws CannotLaunchException {
        try {
            Files.createDirectory(folder.resolve("tmp"));
            var control = Files.createTempDirectory("pc-");
            var request = run.request();
            var secrets = new RunSecrets(secretService, settings.get().inventory(), request, folder);
            var forSecrets = secrets.write();
            var more = RegisteredFile.write(
                    registered.apply(request.environment()), folder, (h, key) -> Optional.of(secrets.key(h, key)));
            var argv = request.operation().equals(Operation.VALIDATE)
                    ? validation(request, more, folder)
                    : playbook(request, more, folder, secrets::open);
            keepPlaybook(request, folder);
            Files.writeString(folder.resolve("ansible.cfg"), "[defaults]\n", StandardCharsets.UTF_8);
            var environment = new RunEnvironment(settings.get(), programPaths, python).of(folder, control);
            environment.put("ANSIBLE_INVENTORY_ENABLED", plugins(request, more));
            environment.putAll(forSecrets);
            var user = RunUserFiles.of(settings.get(), python, inventory(request), folder, control);
            return new Launch(
                    argv,
                    environment,
                    secrets.environmentFile(),
                    settings.get().playbooks(),
                    request.timeout(),
                    settings.get().cancelGrace(),
                    control,
                    List.of(
                            control,
                            folder.resolve("tmp"),
                            folder.resolve("home"),
                            folder.resolve("vars.json"),
                            secrets.folder()),
                    user,
                    settings.get().isolation().limits().byName());
        } catch (IOException e) {
            throw new CannotLaunchException("its files could not be written: " + e.getMessage());
        }
    }

    /** What is run now, for whoever compares it with what is run later. */
    private void keepPlaybook(RunRequest request, Path folder) throws IOException {
        if (request.playbook().isPresent()) {
            var file = settings.get().playbooks().resolve(request.playbook().get() + ".yml");
            PrivateFiles.write(folder.resolve(RunArtifactFiles.PLAYBOOK), Files.readAllBytes(file));
        }
    }

    @Override
    public EventReader reader(Run run) {
        return new EventFold(run.request().timeout());
    }

    /** The same run, of which only hosts and tasks are listed: that needs no secret. */
    Listed listing(RunRequest request, Path folder) throws IOException, CannotLaunchException {
        var more = RegisteredFile.write(registered.apply(request.environment()), folder, (_, _) -> Optional.empty());
        var argv = new ArrayList<>(playbook(request, more, folder, (_, secret) -> secret.display()));
        argv.addAll(1, List.of("--list-hosts", "--list-tasks"));
        return new Listed(argv, plugins(request, more));
    }

    /** @param plugins those that read its inventories */
    record Listed(List<String> argv, String plugins) {}

    private String plugins(RunRequest request, Optional<Path> more) {
        return more.isPresent() ? InventoryFile.plugins(inventory(request)) : InventoryFile.plugin(inventory(request));
    }

    private List<String> playbook(RunRequest request, Optional<Path> more, Path folder, ExtraVariables.Opening secrets)
            throws IOException, CannotLaunchException {
        var file = request.playbook()
                .map(p -> settings.get().playbooks().resolve(p + ".yml"))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new CannotLaunchException("playbooks/"
                        + request.playbook().map(PlaybookName::value).orElse("?") + ".yml no longer exists"));
        var argv = new ArrayList<>(List.of(
                program("ansible-playbook"),
                "--inventory=" + hostsFile(request),
                "--forks=" + settings.get().forks()));
        more.ifPresent(hosts -> argv.add(2, "--inventory=" + hosts));
        if (!request.hosts().isEmpty()) {
            var limit = folder.resolve("limit");
            PrivateFiles.write(limit, (String.join("\n", request.hosts()) + "\n").getBytes(StandardCharsets.UTF_8));
            argv.add("--limit=@" + limit);
        }
        if (!request.tags().isEmpty()) {
            argv.add("--tags=" + String.join(",", request.tags()));
        }
        if (request.check()) {
            argv.add("--check");
        }
        if (request.diff()) {
            argv.add("--diff");
        }
        var variables = ExtraVariables.of(request.variables(), secrets);
        if (!variables.isEmpty()) {
            var vars = folder.resolve("vars.json");
            PrivateFiles.write(vars, JSON.writeValueAsBytes(variables));
            argv.add("--extra-vars=@" + vars);
        }
        argv.add(file.toString());
        return argv;
    }

    private List<String> validation(RunRequest request, Optional<Path> more, Path folder)
            throws IOException, CannotLaunchException {
        program("ansible-playbook");
        List<String> playbooks;
        try (Stream<Path> files = Files.list(settings.get().playbooks())) {
            playbooks = files.map(Path::toString)
                    .filter(f -> f.endsWith(".yml") && !f.endsWith(".meta.yml") && !f.endsWith("/requirements.yml"))
                    .sorted()
                    .toList();
        }
        var asked = folder.resolve("request.json");
        PrivateFiles.write(
                asked,
                JSON.writeValueAsBytes(Map.of(
                        "inventory",
                        hostsFile(request),
                        "registered",
                        more.map(Path::toString).orElse(""),
                        "playbooks",
                        playbooks,
                        "lint",
                        programPaths.find("ansible-lint").isPresent(),
                        "root",
                        settings.get().home().toString())));
        var interpreter = programPaths
                .python()
                .orElseThrow(() -> new CannotLaunchException("python3 is not installed (apt-get install python3)"));
        return List.of(interpreter.toString(), "-I", python.validate().toString(), asked.toString());
    }

    private Path inventory(RunRequest request) {
        return InventoryFile.of(
                settings.get().inventory().resolve(request.environment().value()));
    }

    private String hostsFile(RunRequest request) {
        return inventory(request).toString();
    }

    private String program(String name) throws CannotLaunchException {
        return programPaths
                .find(name)
                .map(Path::toString)
                .orElseThrow(() -> new CannotLaunchException(
                        name + " is not installed (apt-get install --no-install-recommends ansible-core)"));
    }
}
