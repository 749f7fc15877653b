package dev.playcall.ansible;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.ansible.event.EventFold;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.ansiblecfg.AnsibleCfg;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.EnvironmentSource.FetchPlan;
import dev.playcall.catalog.layout.PlaybookLayout;
import dev.playcall.domain.KeyRotation;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.runner.EventReader;
import dev.playcall.runner.Launcher;
import dev.playcall.runner.directory.PrivateFiles;
import dev.playcall.runner.directory.RunDirectory;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.runner.directory.RunUser;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Turns a run into a command line for {@code ansible-playbook}. Nothing a person typed becomes an argument: hosts go in a
 * file of names that were resolved before, variables in a file of unsafe data, and the rest comes from the catalogue.
 */
final class AnsibleLauncher implements Launcher {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<AnsibleSettings> settings;
    private final ProgramPaths programPaths;
    private final PythonFiles python;
    private final SecretService secretService;
    private final ContentSource contentSource;
    private final Catalogs catalogs;

    /**
     * @param contentSource where playbooks, roles and collections come from
     * @param catalogs the environments, with the hosts that stand in no file
     */
    AnsibleLauncher(
            Supplier<AnsibleSettings> settings,
            ProgramPaths programPaths,
            PythonFiles python,
            SecretService secrets,
            ContentSource contentSource,
            Catalogs catalogs) {
        this.catalogs = catalogs;
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
            var source = source(request);
            var config = config();
            var secrets = new RunSecrets(secretService, source, config, request, folder);
            var forSecrets = secrets.write();
            var hosts = RunInventory.write(source, folder, (h, key) -> Optional.of(secrets.key(h, key)));
            var inventory = secrets.hostPasswords().map(hosts::and).orElse(hosts);
            var elsewhere = contentSource.elsewhere(request);
            var own = elsewhere.isPresent() ? elsewhere.get().venv() : contentSource.pythonEnvironment(request);
            var tuned = TunedRun.of(settings.get(), request, elsewhere.isPresent());
            var written = KeyRotation.is(request)
                    ? Optional.of(rotation(request, folder, secrets))
                    : contentSource.write(request, folder);
            var argv = written.isPresent()
                    ? playbook(written.get(), request, inventory, folder, secrets::open)
                    : request.operation().equals(Operation.VALIDATE)
                            ? validation(source.source(), inventory, folder)
                            : playbook(request, inventory, folder, secrets::open);
            keepPlaybook(request, folder);
            Files.writeString(folder.resolve(TunedRun.FILE), tuned.tuning().line());
            var environment = new RunEnvironment(settings.get(), programPaths, python)
                    .of(folder, control, tuned.tuning(), tuned.facts());
            environment.put("ANSIBLE_INVENTORY_ENABLED", inventory.plugins());
            environment.putAll(forSecrets);
            own.ifPresent(e -> e.addTo(environment));
            var user = elsewhere.isPresent()
                    ? Optional.<RunUser>empty()
                    : RunUserFiles.of(settings.get(), python, source.source().inventories(), folder, control, own);
            if (elsewhere.isEmpty() && user.isEmpty() && run.batch().isPresent()) {
                RunDirectory.linkBatch(
                        folder,
                        settings.get().facts().resolveSibling("batches"),
                        run.batch().get().batch());
            }
            if (elsewhere.isPresent()) {
                var ansible = program("ansible");
                new RemoteRun(settings.get(), python, ansible).write(elsewhere.get(), source.source(), folder);
            }
            if (request.operation().equals(Operation.ADHOC)) {
                environment.put("ANSIBLE_CALLBACK_RESULT_FORMAT", "yaml");
            }
            boolean isDivisible = written.isEmpty() && !request.operation().equals(Operation.VALIDATE);
            return new Launch(
                    SlicedRun.argv(
                            isDivisible ? slices(tuned, request) : 1,
                            programPaths,
                            python,
                            with(own, elsewhere.isPresent() ? onItsPath(argv) : argv)),
                    environment,
                    secrets.environmentFile(),
                    settings.get().workingDirectory(),
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

    private int slices(TunedRun tuned, RunRequest request) {
        if (tuned.tuning().slices().value().equals(Optional.of(1))) {
            return 1;
        }
        int hosts = request.hosts().isEmpty()
                ? catalogs.afterChange()
                        .environment(request.environment())
                        .map(e -> e.hosts().size())
                        .orElse(1)
                : request.hosts().size();
        return SlicedRun.count(tuned.tuning(), hosts, Runtime.getRuntime().availableProcessors());
    }

    private static List<String> with(Optional<ContentSource.PlaybookEnvironment> own, List<String> argv) {
        return own.map(e -> Stream.concat(Stream.of(e.program()), argv.stream().skip(1))
                        .toList())
                .orElse(argv);
    }

    /** Another host has its own place for it. */
    private static List<String> onItsPath(List<String> argv) {
        return Stream.concat(Stream.of("ansible-playbook"), argv.stream().skip(1))
                .toList();
    }

    /** What is run now, for whoever compares it with what is run later. */
    private void keepPlaybook(RunRequest request, Path folder) throws IOException, CannotLaunchException {
        if (request.task().isPresent()) {
            var text = AdhocPlaybook.text(request, request.task().get());
            PrivateFiles.write(folder.resolve(RunArtifactFiles.PLAYBOOK), text.getBytes(StandardCharsets.UTF_8));
        }
        if (request.playbook().isPresent()) {
            var file = file(request);
            PrivateFiles.write(folder.resolve(RunArtifactFiles.PLAYBOOK), Files.readAllBytes(file));
        }
    }

    @Override
    public EventReader reader(Run run) {
        return new EventFold(
                run.request().timeout(),
                run.request().operation().equals(Operation.ADHOC),
                run.request().hosts());
    }

    /** The same run, of which only hosts and tasks are listed: that needs no secret. */
    Listed listing(RunRequest request, Path folder) throws IOException, CannotLaunchException {
        var source = source(request);
        var inventory = RunInventory.write(source, folder, (_, _) -> Optional.empty());
        var argv = new ArrayList<>(playbook(request, inventory, folder, (_, secret) -> secret.display()));
        argv.addAll(1, List.of("--list-hosts", "--list-tasks"));
        var own = contentSource.pythonEnvironment(request);
        return new Listed(with(own, argv), inventory.plugins(), source, own);
    }

    /**
     * How it is listed.
     *
     * @param plugins those that read its inventories
     * @param origin its environment
     * @param own the Python environment of its playbook
     */
    record Listed(
            List<String> argv,
            String plugins,
            RunInventory.Origin origin,
            Optional<ContentSource.PlaybookEnvironment> own) {}

    private List<String> playbook(
            RunRequest request, RunInventory inventory, Path folder, ExtraVariables.Opening secrets)
            throws IOException, CannotLaunchException {
        var file = request.task().isPresent()
                ? AdhocPlaybook.write(
                        request, request.task().get(), settings.get().playbooks(), folder)
                : file(request);
        return playbook(file, request, inventory, folder, secrets);
    }

    /** What gives hosts another key is written for this run. */
    private static Path rotation(RunRequest request, Path folder, RunSecrets secrets)
            throws IOException, CannotLaunchException {
        var rotation = KeyRotation.of(request).orElseThrow();
        var key = secrets.newKey(rotation.newName());
        try (var in = AnsibleLauncher.class.getResourceAsStream("rotate-key.yml")) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@KEY@", key.toString())
                    .replace("@CONFIG@", secrets.configOfOnly(key).toString());
            var file = folder.resolve(RunArtifactFiles.PLAYBOOK);
            PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
            return file;
        }
    }

    private List<String> playbook(
            Path file, RunRequest request, RunInventory inventory, Path folder, ExtraVariables.Opening secrets)
            throws IOException, CannotLaunchException {
        var argv = new ArrayList<>(List.of(program("ansible-playbook")));
        inventory.sources().forEach(i -> argv.add("--inventory=" + i));
        argv.add(
                "--forks=" + TunedRun.of(settings.get(), request, true).tuning().hostsAtATime());
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
        argv.addAll(request.options().arguments());
        if (request.operation().equals(Operation.ADHOC) && request.options().verbosity() == 0) {
            // Without it the result of a task that went well is not in the output, and here it is all there is.
            argv.add("-v");
        }
        var given = request.task().isPresent() ? AdhocPlaybook.secrets(request.variables()) : request.variables();
        var variables = ExtraVariables.of(given, secrets);
        if (!variables.isEmpty()) {
            var vars = folder.resolve("vars.json");
            PrivateFiles.write(vars, JSON.writeValueAsBytes(variables));
            argv.add("--extra-vars=@" + vars);
        }
        argv.add(file.toString());
        return argv;
    }

    private List<String> validation(EnvironmentSource source, RunInventory inventory, Path folder)
            throws IOException, CannotLaunchException {
        program("ansible-playbook");
        var home = settings.get().home();
        var project = settings.get().project();
        var asked = folder.resolve("request.json");
        PrivateFiles.write(
                asked,
                JSON.writeValueAsBytes(Map.of(
                        "inventories",
                        texts(source.inventories()),
                        "written",
                        texts(inventory.written()),
                        "programs",
                        texts(source.fetching().map(FetchPlan::programs).orElse(List.of())),
                        "playbooks",
                        texts(PlaybookLayout.of(settings.get().playbooks())
                                .playbooks()
                                .values()),
                        "notes",
                        settings.get().config().notes(),
                        "lint",
                        programPaths.find("ansible-lint").isPresent(),
                        "root",
                        (project.startsWith(home) ? home : project).toString())));
        return List.of(programPaths.interpreter(), "-I", python.validate().toString(), asked.toString());
    }

    /** Without its settings a run would be another one, so a broken file stops it, as it stops Ansible. */
    private AnsibleCfg config() throws CannotLaunchException {
        var config = settings.get().config();
        if (config.broken().isPresent()) {
            throw new CannotLaunchException(config.broken().get().toString());
        }
        return config;
    }

    private static List<String> texts(Collection<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private Path file(RunRequest request) throws CannotLaunchException {
        return request.playbook()
                .flatMap(p -> PlaybookLayout.file(settings.get().playbooks(), p.value()))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new CannotLaunchException("playbooks/"
                        + request.playbook().map(PlaybookName::value).orElse("?") + ".yml no longer exists"));
    }

    /** One that is not in the catalogue has a mistake in it, which Ansible then says. */
    private RunInventory.Origin source(RunRequest request) {
        var name = request.environment();
        var folder = settings.get().inventory().resolve(name.value());
        return catalogs.afterChange()
                .environment(name)
                .map(RunInventory.Origin::of)
                .orElseGet(() -> new RunInventory.Origin(
                        EnvironmentSource.of(name, folder, List.of(InventoryFile.of(folder))),
                        List.of(),
                        Optional.empty(),
                        Set.of()));
    }

    private String program(String name) throws CannotLaunchException {
        return programPaths
                .find(name)
                .map(Path::toString)
                .orElseThrow(() -> new CannotLaunchException(
                        name + " is not installed (apt-get install --no-install-recommends ansible-core)"));
    }
}
