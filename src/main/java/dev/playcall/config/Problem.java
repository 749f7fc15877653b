package dev.playcall.config;

/** Something wrong in a file, told in one line: {@code config/playcall.yml:14: …}. */
public record Problem(String place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
