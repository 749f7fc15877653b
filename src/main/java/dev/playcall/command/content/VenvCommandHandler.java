package dev.playcall.command.content;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.content.ContentException;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.Permission;
import dev.playcall.venv.PlaybookSpecs;
import java.util.List;
import java.util.Optional;

/** Says which Python environments playbooks need. */
public final class VenvCommandHandler implements FamilyHandler<VenvCommand> {
    private final Rights rights;
    private final Catalogs catalogs;
    private final PlaybookSpecs specs;

    public VenvCommandHandler(Rights rights, Catalogs catalogs, PlaybookSpecs specs) {
        this.rights = rights;
        this.catalogs = catalogs;
        this.specs = specs;
    }

    @Override
    public Reply handle(VenvCommand command, Caller caller) {
        var refusal = rights.anywhere(caller, Permission.VIEW);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return switch (command) {
                case VenvCommand.AnalyzePlaybook(var playbook, var lint) -> analyze(playbook, lint);
                case VenvCommand.ShowSpec(var name) -> show(name);
            };
        } catch (ContentException e) {
            return new Reply.Invalid("venv", e.why(), Optional.empty());
        }
    }

    private Reply analyze(String written, boolean lint) throws ContentException {
        var playbook = playbook(written);
        return playbook.isEmpty() ? unknown(written) : new Reply.Specified(specs.analyze(playbook.get(), lint));
    }

    private Optional<Playbook> playbook(String written) {
        var name = PlaybookName.withoutEnding(written);
        return PlaybookName.isValid(name) ? catalogs.current().playbook(new PlaybookName(name)) : Optional.empty();
    }

    private Reply unknown(String written) {
        var known = catalogs.current().playbooks().keySet().stream()
                .map(PlaybookName::value)
                .toList();
        return new Reply.NotFound("there is no playbook \"" + written + "\""
                + near(PlaybookName.withoutEnding(written), known, "playbooks"));
    }

    private Reply show(String name) throws ContentException {
        var spec = specs.find(name);
        return spec.isPresent()
                ? new Reply.Specified(spec.get())
                : new Reply.NotFound("there is no specification \"" + name + "\""
                        + near(name, specs.names(), "venv analyze <playbook>"));
    }

    private static String near(String written, List<String> known, String otherwise) {
        return Suggestion.of(written, known)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; try " + otherwise);
    }
}
