package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people see in the workspace. */
public final class WorkspaceView {
    private final Workspace workspace;
    private final Views views;

    WorkspaceView(Workspace workspace, Views views) {
        this.workspace = workspace;
        this.views = views;
    }

    /** What stands in the channel itself, oldest first. */
    public List<Shown> messages(String channel) {
        return workspace.at(channel, c -> c.front().map(Posted::shown).toList());
    }

    /** The answers to a message, without it. */
    public List<Shown> thread(String channel, String ts) {
        return workspace.at(channel, c -> c.replies(ts).map(Posted::shown).toList());
    }

    /** The direct conversation of a person with the application. */
    public List<Shown> direct(String user) {
        return messages(workspace.member(user).im());
    }

    /** What only this person sees. */
    public List<Shown> ephemerals(String user) {
        return workspace.ephemerals(user);
    }

    /** What the links in a message show, by link. */
    public JsonNode unfurls(String channel, String ts) {
        return workspace.at(channel, c -> c.find(ts).orElseThrow().unfurls().deepCopy());
    }

    /** The modal on top. */
    public Optional<JsonNode> view(String user) {
        return views.open(user);
    }

    public Optional<JsonNode> home(String user) {
        return views.home(user);
    }

    public List<SharedFile> files(String channel) {
        return workspace.at(
                channel,
                c -> c.posts.stream()
                        .flatMap(p -> Stream.of(p.files.toArray(SharedFile[]::new)))
                        .toList());
    }

    /** All that the channel shows, as text: threads indented, buttons in brackets. */
    public String transcript(String channel) {
        return workspace.at(channel, c -> new Transcript(workspace, c).text());
    }

    /** What Slack takes but advises against. */
    public List<String> warnings() {
        return workspace.warnings();
    }
}
