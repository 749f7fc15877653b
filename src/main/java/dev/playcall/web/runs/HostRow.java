package dev.playcall.web.runs;

/** One host of a run. */
record HostRow(
        String host, String tone, String sign, String outcome, String tasks, String took, String task, String message) {
    /** Whether it has a result, and that is a good one. */
    boolean isFinished() {
        return tone.equals("good") || tone.equals("changed") || outcome.equals("skipped");
    }
}
