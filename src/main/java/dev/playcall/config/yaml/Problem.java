package dev.playcall.config.yaml;

/** Something wrong in a file, told in one line: {@code config/playcall.yml:14: …}. */
public record Problem(String place, String message) {
    public Problem {
        place = oneLine(place);
        message = oneLine(message);
    }

    /** Both hold text from files, and a line break in them would forge a second line in a log. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", "�");
    }

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
