package dev.playcall.rehearsal.discord;

import java.util.List;

/** Somebody who can write: a member of one guild, with roles, perhaps a bot. */
public record Person(String id, String name, boolean bot, String guild, List<String> roles) {
    public Person {
        roles = List.copyOf(roles);
    }

    public String mention() {
        return "<@" + id + ">";
    }
}
