package dev.playcall.web.venvs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Reply;
import dev.playcall.venv.InstalledVenv;
import dev.playcall.venv.VenvLock;
import dev.playcall.venv.VenvSpec;
import dev.playcall.venv.Venvs;
import dev.playcall.venv.analysis.Analysis.Finding;
import dev.playcall.web.http.JsonBodies;
import java.util.List;

/** Python environments in JSON. */
final class VenvJson {
    private VenvJson() {}

    static ObjectNode spec(VenvSpec spec) {
        var needs = spec.needs();
        var node = JsonBodies.object();
        node.put("name", spec.name()).put("source_playbook", spec.source()).put("content_hash", spec.contentHash());
        list(node, "collections", needs.collections());
        list(node, "python_packages", needs.pythonPackages());
        node.put("created", JsonBodies.time(spec.created()))
                .put("sha256", needs.sha256())
                .put("python", needs.python());
        list(node, "files", needs.files());
        list(node, "system_packages", needs.systemPackages());
        list(
                node,
                "unresolved",
                needs.unresolved().stream().map(Finding::toString).toList());
        return lock(node, spec.lock());
    }

    static ObjectNode deployed(Venvs.Deployed deployed) {
        var node = JsonBodies.object()
                .put("name", deployed.spec().name())
                .put("hostname", "localhost")
                .put("new", deployed.isNew());
        var steps = node.putArray("steps");
        for (var step : deployed.steps()) {
            steps.addObject()
                    .put("name", step.name())
                    .put("seconds", step.took().toMillis() / 1000.0);
        }
        return lock(venv(node, deployed.venv()), deployed.venv().lock());
    }

    static ObjectNode installed(Reply.InstalledVenvs installed) {
        var node = JsonBodies.object().put("message", installed.message()).put("hostname", installed.host());
        var venvs = node.putArray("installed_venvs");
        for (var venv : installed.venvs()) {
            var entry = venvs.addObject();
            list(entry, "names", venv.names());
            venv(entry, venv).put("size", venv.size());
        }
        return node;
    }

    /** Which inventories say something else than what their hosts have. */
    static ObjectNode differing(Reply.Listed differing) {
        var node = JsonBodies.object().put("message", differing.message());
        var hosts = node.putArray("differences");
        for (var row : differing.rows()) {
            hosts.addObject()
                    .put("hostname", row.get(3))
                    .put("environment", row.get(4))
                    .put("inventory", row.get(1))
                    .put("installed", row.get(2));
        }
        list(node, "notes", differing.lines());
        return node;
    }

    private static ObjectNode venv(ObjectNode node, InstalledVenv venv) {
        return node.put("path", venv.path().toString())
                .put("requirements", venv.requirements())
                .put("python", venv.python())
                .put("installed_date", JsonBodies.time(venv.installed()))
                .put("last_used", JsonBodies.time(venv.lastUsed()));
    }

    private static ObjectNode lock(ObjectNode node, VenvLock lock) {
        list(node, "lock", lock.packages());
        list(node, "locked_collections", lock.collections());
        return node;
    }

    private static void list(ObjectNode node, String key, List<String> texts) {
        texts.forEach(node.putArray(key)::add);
    }
}
