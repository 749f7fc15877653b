package dev.playcall.catalog.playbook;

import dev.playcall.catalog.file.FileVersions;
import dev.playcall.catalog.file.FileVersions.Version;
import dev.playcall.catalog.playbook.PlaybookFiles.PlaybookText;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What playbooks were before they were changed, the newest few of each. */
public final class PlaybookVersions {
    private final FileVersions versions;

    PlaybookVersions(FileVersions versions) {
        this.versions = versions;
    }

    void keep(PlaybookName name, PlaybookText text) throws IOException {
        versions.keep(name.value(), new FileVersions.Kept(text.tag(), text.playbook(), text.description()));
    }

    /** The newest first. */
    public List<Version> of(PlaybookName name) throws IOException {
        return versions.of(name.value());
    }

    /** See {@link FileVersions#choose}. */
    public FileVersions.Choice choose(PlaybookName name, String wanted) throws IOException {
        return versions.choose(name.value(), name.value(), wanted);
    }

    /** What a version said; {@code id} may be its beginning when only one begins so. */
    public Optional<PlaybookText> read(PlaybookName name, String id) throws IOException {
        return versions.read(name.value(), id).map(PlaybookVersions::text);
    }

    /** The playbook that was kept. */
    public static PlaybookText text(FileVersions.Kept kept) {
        return new PlaybookText(kept.text(), kept.beside());
    }
}
