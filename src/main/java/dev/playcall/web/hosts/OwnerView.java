package dev.playcall.web.hosts;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.ActionForm;
import java.util.List;
import java.util.Optional;

/**
 * One host or one group with its variables.
 *
 * @param path of this page
 * @param now how it is, empty for a group
 * @param others groups of a host, or hosts of a group
 * @param known groups that a host can be added to
 * @param variables where they are written; empty for who may not read them
 * @param inherited those of the groups of a host, a group after the other
 * @param problem why they cannot be read, empty when they can
 * @param registered whether it is a host that stands in no file, which is changed elsewhere
 * @param remove what takes it away; none where that is not possible
 * @param mayRead whether this visitor may read variables
 * @param mayEdit whether this visitor may change it here
 * @param elsewhere why nobody changes it here, empty where it is changed here
 */
record OwnerView(
        String environment,
        String environmentPath,
        String name,
        String path,
        Optional<HostNow> now,
        List<Other> others,
        List<String> known,
        List<Variable> variables,
        List<Variable> inherited,
        String problem,
        boolean registered,
        List<ActionButton> ping,
        List<ActionForm> remove,
        boolean mayRead,
        boolean mayEdit,
        String elsewhere,
        SentForm form) {
    public OwnerView {
        others = List.copyOf(others);
        known = List.copyOf(known);
        variables = List.copyOf(variables);
        inherited = List.copyOf(inherited);
        ping = List.copyOf(ping);
        remove = List.copyOf(remove);
    }

    public boolean isHost() {
        return now.isPresent();
    }

    public record Other(String name, String link) {}

    /**
     * One variable.
     *
     * @param value {@code vaulted} for an encrypted one, which is not changed here; {@code masked} where the name says that it is secret
     * @param owner the group it is written for, empty for that of this page
     * @param place file and line; {@code link} leads to the text of the file
     * @param change address of this page with the variable in its form
     */
    public record Variable(
            String name, String value, boolean vaulted, String owner, String place, String link, String change) {}
}
