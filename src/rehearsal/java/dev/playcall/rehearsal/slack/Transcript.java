package dev.playcall.rehearsal.slack;

/** What a channel shows, as text. */
record Transcript(Workspace workspace, Channel channel) {
    String text() {
        var out = new StringBuilder();
        channel.front().forEach(post -> {
            write(out, post, post.isTopLevel() ? "" : "(also in its thread) ", "");
            channel.replies(post.ts).forEach(reply -> write(out, reply, "", "    "));
        });
        return out.toString();
    }

    private void write(StringBuilder out, Posted post, String mark, String indent) {
        var shown = post.shown();
        var name = workspace.find(post.author).map(Member::name).orElse(post.author);
        out.append(indent).append(mark).append(name).append(": ");
        out.append(shown.plain().replace("\n", "\n" + indent + "  "));
        if (shown.edits() > 0) {
            out.append("  (edited ").append(shown.edits()).append("x)");
        }
        post.reactions.forEach(r -> out.append(" :").append(r).append(':'));
        out.append('\n');
        post.files.forEach(f -> out.append(indent)
                .append("  (file ")
                .append(f.name())
                .append(", ")
                .append(f.size())
                .append(" bytes)\n"));
    }
}
