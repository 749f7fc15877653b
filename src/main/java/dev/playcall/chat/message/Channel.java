package dev.playcall.chat.message;

import java.util.Optional;

/**
 * A place where people talk, written {@code slack:C0123}; {@code slack:C0123/1712.001} is one thread of it.
 *
 * @param place the platform's own name of the channel
 * @param thread the platform's own name of a thread in it, where the platform tells the two apart
 */
public record Channel(String platform, String place, Optional<String> thread) {
    public Channel {
        if (platform.isBlank() || place.isBlank() || platform.indexOf(':') >= 0 || place.indexOf('/') >= 0) {
            throw new IllegalArgumentException("\"" + platform + ":" + place + "\" is not a channel (platform:id)");
        }
    }

    public Channel(String platform, String place) {
        this(platform, place, Optional.empty());
    }

    /** The channel with this name; empty when the text names none ({@code api}). */
    public static Optional<Channel> of(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            return Optional.empty();
        }
        var rest = text.substring(colon + 1);
        int slash = rest.indexOf('/');
        var place = slash < 0 ? rest : rest.substring(0, slash);
        var thread = slash < 0 ? Optional.<String>empty() : Optional.of(rest.substring(slash + 1));
        return place.isBlank() ? Optional.empty() : Optional.of(new Channel(text.substring(0, colon), place, thread));
    }

    /** Whether both are the same place, whatever their threads. */
    public boolean isIn(Channel other) {
        return platform.equals(other.platform) && place.equals(other.place);
    }

    @Override
    public String toString() {
        return platform + ":" + place + thread.map(t -> "/" + t).orElse("");
    }
}
