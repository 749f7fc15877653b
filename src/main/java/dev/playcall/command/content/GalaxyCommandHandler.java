package dev.playcall.command.content;

import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.content.ContentException;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Has collections and roles installed, and says which there are. */
final class GalaxyCommandHandler implements FamilyHandler<ContentCommand.InstallGalaxy> {
    private static final String FIELD = "galaxy";

    private final Rights rights;
    private final Galaxy galaxy;

    GalaxyCommandHandler(Rights rights, Galaxy galaxy) {
        this.rights = rights;
        this.galaxy = galaxy;
    }

    @Override
    public Reply handle(ContentCommand.InstallGalaxy command, Caller caller) {
        return rights.refusal(caller, Permission.SYNC, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(() -> provide(command.install(), command.again()));
    }

    private Reply provide(boolean install, boolean again) {
        try {
            var stock =
                    again ? galaxy.installAgain(() -> false) : install ? galaxy.install(() -> false) : galaxy.stock();
            return stock.map(this::installed).orElseGet(() -> nothing(install));
        } catch (ContentException e) {
            return new Reply.Invalid(FIELD, e.why(), Optional.empty());
        }
    }

    private static Reply nothing(boolean install) {
        var text = "nothing to install: there is no requirements.yml with content beside the playbooks";
        return install ? new Reply.Invalid(FIELD, text, Optional.empty()) : listed(text);
    }

    private Reply installed(Galaxy.Stock stock) {
        var what = stock.what() + " of " + stock.where();
        if (stock.took().isPresent()) {
            return listed(
                    what + " installed in " + TextFormat.duration(stock.took().get()) + " (" + stock.name() + ")");
        }
        if (Files.isDirectory(stock.folder())) {
            return listed(what + " already installed (" + stock.name() + "); galaxy install --again reinstalls");
        }
        return listed(what + " not installed: galaxy install"
                + (galaxy.isAutomatic() ? ", or the next run installs them first" : "; runs are refused until then"));
    }

    private static Reply listed(String text) {
        return new Reply.Listed(text, List.of(), List.of(), List.of());
    }
}
