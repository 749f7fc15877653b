package dev.playcall.command.content;

import dev.playcall.content.ContentLock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Edits of playbooks and inventory files that people make through Playcall.
 *
 * @param lock held while a file is changed
 * @param elsewhere why files are not changed here at all, as of now; empty where they are
 */
public record ContentEdits(ContentLock lock, Supplier<Optional<String>> elsewhere) {
    public Optional<String> refusal() {
        return elsewhere.get();
    }
}
