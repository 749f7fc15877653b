package dev.playcall.ansible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.runner.directory.PrivateFiles;
import dev.playcall.runner.directory.RunUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which files the user of a run gets, when that is another one than the gateway's. */
final class RunUserFiles {
    /** Everything else in the folder of a run stays with the gateway. */
    private static final List<String> INPUTS = List.of(
            "tmp",
            "secrets",
            "vars.json",
            "limit",
            AdhocPlaybook.FILE,
            "environment.json",
            "registered.json",
            "request.json",
            "ansible.cfg",
            "events");

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunUserFiles() {}

    /**
     * Empty when Ansible runs as the user of the gateway.
     *
     * @param folder of the run, with its inputs in it
     * @param control where its ssh sockets will be
     * @param own the Python environment of its playbook
     */
    static Optional<RunUser> of(
            AnsibleSettings settings,
            PythonFiles python,
            List<Path> inventories,
            Path folder,
            Path control,
            Optional<ContentSource.PlaybookEnvironment> own)
            throws IOException {
        if (settings.isolation().runAs().isEmpty()) {
            return Optional.empty();
        }
        // Made here, as the user may make nothing in the folder itself: what stands there says how the run ended.
        PrivateFiles.write(folder.resolve("events"), new byte[0]);
        return Optional.of(new RunUser(
                settings.isolation().runAs().get(),
                Stream.concat(
                                way(settings, python, Objects.requireNonNull(folder.getParent())).stream(),
                                own.stream()
                                        .flatMap(e -> Stream.of(
                                                e.folder().resolve("../..").normalize(),
                                                e.folder().resolveSibling(""))))
                        .toList(),
                Stream.concat(
                                read(settings, python).stream(),
                                own.stream().map(ContentSource.PlaybookEnvironment::folder))
                        .toList(),
                Stream.concat(INPUTS.stream().map(folder::resolve).filter(Files::exists), Stream.of(control))
                        .toList(),
                needs(settings, inventories)));
    }

    /**
     * The command line of a program that is asked something and executes what playbooks say (lookups, imports), as the
     * user of runs.
     *
     * @param folder with its inputs
     */
    static List<String> command(
            AnsibleSettings settings, ProgramPaths programs, PythonFiles python, Path folder, List<String> argv) {
        var name = settings.isolation().runAs();
        var interpreter = programs.python();
        if (name.isEmpty() || interpreter.isEmpty()) {
            return argv;
        }
        var scratch = Objects.requireNonNull(folder.getParent());
        var user = new RunUser(
                        name.get(), way(settings, python, scratch), read(settings, python), List.of(folder), List.of())
                .asSpec();
        user.put("spare", folder.resolve("home").toString());
        var before =
                List.of(interpreter.get().toString(), "-I", "-B", python.runAs().toString(), "exec", json(user));
        return Stream.concat(before.stream(), argv.stream()).toList();
    }

    private static String json(Map<String, Object> spec) {
        try {
            return JSON.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param holder the folder in which that of the run or of the question stands; it is below data/ */
    private static List<Path> way(AnsibleSettings settings, PythonFiles python, Path holder) {
        return Stream.concat(
                        Stream.of(
                                holder.resolveSibling(""),
                                holder,
                                python.folder().resolveSibling("")),
                        settings.libraries().galaxy().stream().map(g -> g.resolveSibling("")))
                .toList();
    }

    private static List<Path> read(AnsibleSettings settings, PythonFiles python) {
        return Stream.concat(Stream.of(python.folder()), settings.libraries().galaxy().stream())
                .toList();
    }

    /** What belongs to others, and is therefore not given to it. */
    private static List<Path> needs(AnsibleSettings settings, List<Path> inventories) {
        return Stream.of(
                        Stream.of(settings.playbooks()),
                        inventories.stream().flatMap(i -> Stream.of(i.resolveSibling(""), i)),
                        settings.libraries().own().stream(),
                        settings.config().secrets().stream())
                .flatMap(s -> s)
                .distinct()
                .toList();
    }
}
