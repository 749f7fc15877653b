package dev.playcall.ansible;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Our Python programs, unpacked from the jar into a folder that is named by their content: a run that an older gateway
 * started keeps the files it was started with.
 */
record PythonFiles(Path folder) {
    private static final List<String> FILES = List.of(
            "supervisor.py",
            "run_as.py",
            "limits.py",
            "carrier.py",
            "agent.py",
            "reach.py",
            "warm.py",
            "warm_ansible.py",
            "validate.py",
            "slices.py",
            "slicing.py",
            "event_file.py",
            "callback/playcall_events.py",
            "inventory/playcall_environment.py",
            "inventory/playcall_registered.py");

    /** Unpacks below this folder what is not there yet. */
    static PythonFiles unpack(Path below) {
        var folder = below.resolve(hash());
        try {
            for (var name : FILES) {
                place(name, folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack Playcall's Python programs into " + folder, e);
        }
        return new PythonFiles(folder);
    }

    Path supervisor() {
        return folder.resolve("supervisor.py");
    }

    /** Says for a user what it could not read. */
    Path runAs() {
        return folder.resolve("run_as.py");
    }

    /** Says how limits are held on this machine. */
    Path limits() {
        return folder.resolve("limits.py");
    }

    /** Imports Ansible once for many runs. */
    Path warm() {
        return folder.resolve("warm.py");
    }

    /** Starts several Ansible processes for one run. */
    Path slices() {
        return folder.resolve("slices.py");
    }

    Path validate() {
        return folder.resolve("validate.py");
    }

    Path inventories() {
        return folder.resolve("inventory");
    }

    Path callbacks() {
        return folder.resolve("callback");
    }

    private static void place(String name, Path target) throws IOException {
        var bytes = bytes(name);
        if (Files.exists(target) && Files.size(target) == bytes.length) {
            return;
        }
        Files.createDirectories(target.getParent());
        var draft = Files.createTempFile(target.getParent(), "new", ".py");
        Files.write(draft, bytes);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String hash() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            FILES.forEach(name -> sha.update(bytes(name)));
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(PythonFiles.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
