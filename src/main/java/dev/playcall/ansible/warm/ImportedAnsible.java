package dev.playcall.ansible.warm;

import dev.playcall.config.file.FileTrees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process that has imported Ansible and forks a supervisor for each run. It ends with this gateway. */
final class ImportedAnsible implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImportedAnsible.class);
    /** In its environment, room for the name of a run directory: by it the processes of a run are found. */
    private static final int ROOM = 4096;

    private static final long NOBODY = 0;
    /** Where it does not answer in this time, the run is started in the usual way; whoever comes second leaves it alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Process process;
    private final Path folder;
    private final Map<String, CompletableFuture<Long>> asked = new ConcurrentHashMap<>();
    private final long began = System.nanoTime();
    private volatile State state = State.IMPORTING;

    /** How far it is. */
    enum State {
        IMPORTING,
        READY,
        /** It cannot serve any run. */
        UNUSABLE,
        ENDED
    }

    private ImportedAnsible(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts one.
     *
     * @param script our program for it
     * @param folder of its own, which does not exist yet
     * @param age when it ends by itself
     * @param ended is told how far it was when it ended
     */
    static ImportedAnsible start(Path script, WarmKey key, Path folder, Duration age, Ended ended) {
        try {
            Files.createDirectories(folder.resolve("tmp"));
            var config = Files.writeString(folder.resolve("ansible.cfg"), key.config());
            var argv = new ArrayList<>(key.interpreter());
            argv.add(script.toString());
            argv.add(key.program().toString());
            argv.add(Long.toString(age.toSeconds()));
            var builder = new ProcessBuilder(argv)
                    .directory(key.directory().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            var environment = builder.environment();
            environment.clear();
            environment.putAll(key.environment());
            environment.put(WarmKey.CONFIG, config.toString());
            environment.put(WarmKey.TEMPORARY, folder.resolve("tmp").toString());
            environment.put("PLAYCALL_RUN_DIR", "-".repeat(ROOM));
            var imported = new ImportedAnsible(builder.start(), folder);
            Thread.ofVirtual().name("warm-ansible").start(() -> imported.listen(ended));
            return imported;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot import Ansible ahead of runs: " + e.getMessage(), e);
        }
    }

    /** Whoever wants to know of the end of one. */
    interface Ended {
        void ended(ImportedAnsible which, State before);
    }

    State state() {
        return state;
    }

    /** Whether it never served and was tried so long ago that another one may be better. */
    boolean isGivenUp(Duration after) {
        return state == State.UNUSABLE && System.nanoTime() - began > after.toNanos();
    }

    long pid() {
        return process.pid();
    }

    /** Hands over a run whose directory is complete. Empty when nobody has said in time that it has it. */
    Optional<ProcessHandle> handOver(Path directory) {
        var name = directory.getFileName().toString();
        var answer = new CompletableFuture<Long>();
        asked.put(name, answer);
        try {
            order(directory);
            var pid = answer.completeOnTimeout(NOBODY, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return pid == NOBODY ? Optional.empty() : ProcessHandle.of(pid);
        } catch (IOException e) {
            return Optional.empty(); // it has just ended
        } finally {
            asked.remove(name);
        }
    }

    private synchronized void order(Path directory) throws IOException {
        var orders = process.getOutputStream();
        orders.write((directory + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
        if (state != State.READY) {
            throw new IOException("has ended");
        }
    }

    private void listen(Ended ended) {
        try (var answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                heard(line.split(" ", 3), line);
            }
        } catch (IOException e) {
            log.debug("Nothing more is heard of the imported Ansible: {}", e.getMessage());
        }
        var before = state;
        if (before != State.UNUSABLE) {
            state = State.ENDED;
        }
        asked.values().forEach(a -> a.complete(NOBODY));
        removeFolder();
        ended.ended(this, before);
    }

    private void heard(String[] words, String line) {
        switch (words[0]) {
            case "ready" -> state = State.READY;
            case "claimed" ->
                Optional.ofNullable(asked.get(words[2])).ifPresent(a -> a.complete(Long.valueOf(words[1])));
            default -> {
                state = State.UNUSABLE;
                log.info("Runs start without a warm Ansible: it {}", line);
            }
        }
    }

    private void removeFolder() {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            log.debug("{} stays until the next start: {}", folder, e.getMessage());
        }
    }

    /** Runs that came from it go on. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            log.debug("The imported Ansible has ended before: {}", e.getMessage());
        }
        if (state == State.IMPORTING) {
            process.destroy(); // it would listen only afterwards
        }
    }
}
