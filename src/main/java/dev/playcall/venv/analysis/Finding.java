package dev.playcall.venv.analysis;

/**
 * Something that the analysis cannot know.
 *
 * @param place {@code tasks/x.yml:12}, relative to the folder of the playbooks
 * @param message one line that names what is unknown
 */
public record Finding(String place, String message) implements Comparable<Finding> {
    @Override
    public int compareTo(Finding other) {
        int byPlace = place.compareTo(other.place);
        return byPlace == 0 ? message.compareTo(other.message) : byPlace;
    }

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
