package dev.playcall.venv;

import dev.playcall.content.ContentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The programs that make an environment and install packages into it. */
interface PackageInstaller {
    /** The one that makes it, for people. */
    String maker();

    /** The one that installs packages, for people. */
    String name();

    /** @param folder not there yet */
    void create(Path python, Path folder) throws IOException, ContentException;

    /**
     * Installs what is locked, or else what is needed.
     *
     * @return each package with its exact version and its hashes, as a file of requirements has them
     */
    List<String> install(Path folder, VenvSpec spec) throws IOException, ContentException;

    /** Whether its packages fit together. */
    void check(Path folder) throws IOException, ContentException;
}
