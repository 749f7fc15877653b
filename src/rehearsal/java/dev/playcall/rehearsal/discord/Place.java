package dev.playcall.rehearsal.discord;

/** Where messages are: a text channel, a thread hanging on a message, or a direct conversation. */
record Place(
        String id,
        String name,
        int type,
        String guild,
        String parent,
        String owner,
        int archiveMinutes,
        boolean archived) {
    static final int TEXT = 0;
    static final int DIRECT = 1;
    static final int THREAD = 11;

    static Place text(String id, String name, String guild) {
        return new Place(id, name, TEXT, guild, "", "", 0, false);
    }

    static Place direct(String id, Person with) {
        return new Place(id, with.name(), DIRECT, "", "", with.id(), 0, false);
    }

    static Place thread(String id, String name, Place parent, int archiveMinutes) {
        return new Place(id, name, THREAD, parent.guild(), parent.id(), DiscordServer.BOT, archiveMinutes, false);
    }

    Place archived(boolean now) {
        return new Place(id, name, type, guild, parent, owner, archiveMinutes, now);
    }

    Place named(String fresh) {
        return new Place(id, fresh, type, guild, parent, owner, archiveMinutes, archived);
    }

    boolean isThread() {
        return type == THREAD;
    }

    boolean isDirect() {
        return type == DIRECT;
    }
}
