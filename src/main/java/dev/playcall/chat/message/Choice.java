package dev.playcall.chat.message;

/** Something offered while a person types: what they read and what it stands for. */
public record Choice(String label, String value) {
    public static Choice of(String value) {
        return new Choice(value, value);
    }
}
