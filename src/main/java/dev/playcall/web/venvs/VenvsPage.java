package dev.playcall.web.venvs;

import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.content.ContentException;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.venv.HostVenvs.HostVenv;
import dev.playcall.venv.HostVenvs.VenvHost;
import dev.playcall.venv.InstalledVenv;
import dev.playcall.venv.VenvSpec;
import dev.playcall.venv.Venvs;
import dev.playcall.web.venvs.VenvsView.InstalledRow;
import dev.playcall.web.venvs.VenvsView.SpecRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;

/** Puts together which playbook needs which environment, and which host has which. */
final class VenvsPage {
    private static final int NAMED = 8;

    private final Venvs venvs;
    private final Collection<Playbook> playbooks;
    private final Predicate<EnvironmentName> visible;

    /** @param visible whether who looks may see an environment */
    VenvsPage(Venvs venvs, Collection<Playbook> playbooks, Predicate<EnvironmentName> visible) {
        this.venvs = venvs;
        this.playbooks = playbooks;
        this.visible = visible;
    }

    VenvsView view() {
        try {
            var hosts = venvs.hosts().all();
            hosts.keySet().removeIf(h -> !h.environment().map(visible::test).orElse(true));
            var specs = new ArrayList<SpecRow>();
            for (var name : venvs.specs().names()) {
                var spec = venvs.specs().find(name);
                if (spec.isPresent()) {
                    specs.add(row(spec.get(), hosts));
                }
            }
            return installed(specs, hosts);
        } catch (ContentException e) {
            return new VenvsView(List.of(), List.of(), 0, e.why());
        }
    }

    private SpecRow row(VenvSpec spec, SortedMap<VenvHost, List<HostVenv>> hosts) {
        var playbook = playbooks.stream()
                .filter(p -> p.file().endsWith(spec.source()))
                .map(p -> p.name().value())
                .findFirst()
                .orElse("");
        var source = spec.needs().isShared()
                ? listed(venvs.specs().users(spec.name(), playbooks).stream()
                        .map(p -> p.name().value())
                        .toList())
                : spec.source();
        var having = hosts.entrySet().stream()
                .filter(h -> h.getValue().stream().anyMatch(v -> v.name().equals(spec.name())))
                .map(h -> h.getKey().name())
                .toList();
        return new SpecRow(
                spec.name(),
                source,
                playbook,
                state(spec, playbook),
                listed(spec.needs().collections()),
                listed(spec.needs().pythonPackages()),
                listed(having));
    }

    private String state(VenvSpec spec, String playbook) {
        if (playbook.isEmpty()) {
            return "no longer exists";
        }
        return venvs.specs().isCurrent(spec.name(), playbooks) ? "" : "has changed since";
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : TextFormat.list(names, NAMED);
    }

    private VenvsView installed(List<SpecRow> specs, SortedMap<VenvHost, List<HostVenv>> hosts)
            throws ContentException {
        var here = sizes();
        var rows = new ArrayList<InstalledRow>();
        var counted = new HashSet<String>();
        long all = 0;
        for (var host : hosts.entrySet()) {
            var key = host.getKey();
            for (var venv : host.getValue()) {
                long size = key.isHere() ? here.getOrDefault(venv.requirements(), 0L) : venv.size();
                var environment = key.environment().map(EnvironmentName::value).orElse("");
                all += counted.add(environment + "/" + key.name() + "/" + venv.requirements()) ? size : 0;
                rows.add(new InstalledRow(key.name(), environment, venv.name(), size, venv.installed(), venv.path()));
            }
        }
        return new VenvsView(specs, rows, all, "");
    }

    /** Of those on this machine, by what they are made of. */
    private Map<String, Long> sizes() throws ContentException {
        var sizes = new HashMap<String, Long>();
        for (InstalledVenv venv : venvs.all()) {
            sizes.put(venv.requirements(), venv.size());
        }
        return sizes;
    }
}
