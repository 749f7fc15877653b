package dev.playcall.catalog.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What is written into folders of the project is no secret: it keeps the mode that it has, or gets the usual one. */
public final class OrdinaryModes {
    private static final Set<PosixFilePermission> USUAL = PosixFilePermissions.fromString("rw-r--r--");

    private OrdinaryModes() {}

    /** To be called before the draft is moved over the file. */
    public static void give(Path draft, Path file) throws IOException {
        Files.setPosixFilePermissions(draft, Files.exists(file) ? Files.getPosixFilePermissions(file) : USUAL);
    }
}
