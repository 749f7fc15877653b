package dev.playcall.web.start;

import java.util.List;

/**
 * The form that starts a batch.
 *
 * @param form what is started in each environment, as in the form for one
 * @param operations that can be chosen, with the one that is
 * @param places every environment in the order of the batch
 * @param harmless whether it changes nothing, so that it may be started without a review
 * @param review a line for each chosen environment; empty before it was asked for
 * @param reviewed stands for what was reviewed and can be started; empty when it cannot
 */
record BatchStartView(
        StartView form,
        List<Choice> operations,
        List<Place> places,
        String onFailure,
        boolean harmless,
        List<Reviewed> review,
        String reviewed) {
    public BatchStartView {
        operations = List.copyOf(operations);
        places = List.copyOf(places);
        review = List.copyOf(review);
    }

    /** An operation that can be chosen. */
    public record Choice(String name, boolean chosen) {}

    /** @param denied why this visitor may not start it there, empty when they may */
    public record Place(String name, int servers, boolean chosen, String denied) {}

    /**
     * What would happen in one environment.
     *
     * @param text what it waits for, or why it would be refused
     */
    public record Reviewed(String environment, int servers, String text, boolean refused) {}
}
