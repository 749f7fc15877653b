package dev.playcall.catalog.playbook;

import dev.playcall.catalog.file.FileVersions;
import dev.playcall.catalog.file.OrdinaryModes;
import dev.playcall.catalog.layout.PlaybookLayout;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The playbooks as files that a program may change: Ansible understands what is written, it is there whole or not at all, and
 * what stood there before is kept.
 */
public final class PlaybookFiles {
    /** Of files that are only there while they are checked; the catalogue passes them over. */
    private static final String DRAFT = ".check-";

    private static final int LARGEST = 512 * 1024;

    private final Path folder;
    private final PlaybookCheck check;
    private final PlaybookVersions versions;

    /** @param kept where earlier versions are put */
    public PlaybookFiles(Path folder, Path kept, PlaybookCheck check, Clock clock) {
        this.folder = folder;
        this.check = check;
        this.versions = new PlaybookVersions(new FileVersions(kept, clock));
    }

    public PlaybookVersions versions() {
        return versions;
    }

    public Path folder() {
        return folder;
    }

    private Path file(PlaybookName name) {
        return PlaybookLayout.file(folder, name.value()).orElseGet(() -> folder.resolve(name + ".yml"));
    }

    private Path description(PlaybookName name) {
        return PlaybookLayout.description(file(name));
    }

    /** What stands there now, also when it is broken and so not in the catalogue. */
    public Optional<PlaybookText> read(PlaybookName name) throws IOException {
        if (!Files.isRegularFile(file(name)) || isElsewhere(file(name)) || isElsewhere(description(name))) {
            return Optional.empty();
        }
        var description = Files.exists(description(name))
                ? Optional.of(Files.readString(description(name)))
                : Optional.<String>empty();
        return Optional.of(new PlaybookText(Files.readString(file(name)), description));
    }

    /** A link may lead out of the folder, and what is there is not ours to show or to change. */
    private boolean isElsewhere(Path file) throws IOException {
        return Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath());
    }

    /** Why this cannot be written under this name, one line. */
    public Optional<String> problem(PlaybookName name, PlaybookText text) throws IOException {
        if (name.value().endsWith(".meta")) {
            return Optional.of("a name that ends in .meta is that of a description");
        }
        if (file(name).endsWith(PlaybookLayout.REQUIREMENTS)) {
            return Optional.of("requirements.yml is that of Galaxy and no playbook");
        }
        if (isElsewhere(file(name)) || isElsewhere(description(name))) {
            return Optional.of("playbooks/" + name + ".yml is a link that leads out of the folder");
        }
        if (text.playbook().isBlank()) {
            return Optional.of("the playbook is empty");
        }
        if (text.playbook().length() + text.description().orElse("").length() > LARGEST) {
            return Optional.of("it is larger than " + TextFormat.size(LARGEST));
        }
        var described = text.description().flatMap(d -> described(name, d));
        return described.isPresent() ? described : understood(name, text.playbook());
    }

    private Optional<String> described(PlaybookName name, String description) {
        var shown = Path.of("playbooks", name + ".meta.yml");
        var found = new ArrayList<Problem>();
        try {
            new MetaFile(found)
                    .read(name, file(name), YamlFile.parse(description, shown).root());
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        return found.stream().findFirst().map(Problem::toString);
    }

    /** It lies beside the others while it is asked for, or Ansible would not find roles, tasks and templates. */
    private Optional<String> understood(PlaybookName name, String playbook) throws IOException {
        var directory = Optional.ofNullable(file(name).getParent()).orElse(folder);
        var draft = Files.createTempFile(directory, DRAFT, ".yml");
        try {
            Files.writeString(draft, playbook);
            OrdinaryModes.give(draft, folder.resolve(name + ".yml")); // for the user that asks Ansible about it
            return check.problem(draft, "playbooks/" + name + ".yml");
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Writes it in place of what is there, which is kept. The description first: nobody runs a playbook without its own. */
    public void write(PlaybookName name, PlaybookText text) throws IOException {
        keep(name);
        if (text.description().isPresent()) {
            replace(description(name), text.description().get());
        } else {
            Files.deleteIfExists(description(name));
        }
        replace(file(name), text.playbook());
    }

    /** Takes it away; what was there is kept. */
    public void remove(PlaybookName name) throws IOException {
        keep(name);
        Files.delete(file(name));
        Files.deleteIfExists(description(name));
    }

    private void keep(PlaybookName name) throws IOException {
        var before = read(name);
        if (before.isPresent()) {
            versions.keep(name, before.get());
        }
    }

    private void replace(Path file, String text) throws IOException {
        var target = Files.exists(file) ? file.toRealPath() : file;
        var directory = Optional.ofNullable(target.getParent()).orElse(folder);
        var draft = Files.createTempFile(directory, DRAFT, ".yml");
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            OrdinaryModes.give(draft, target);
            try (var channel = java.nio.channels.FileChannel.open(draft, java.nio.file.StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * A playbook as it stands in its files.
     *
     * @param playbook what Ansible runs
     * @param description what {@code .meta.yml} says of it; empty when there is none
     */
    public record PlaybookText(String playbook, Optional<String> description) {

        /** Changes whenever one of the two does. */
        public String tag() {
            var parts = playbook.length() + ":" + playbook + description.orElse("\u0000");
            return FolderHash.text(parts).substring(0, 16);
        }
    }
}
