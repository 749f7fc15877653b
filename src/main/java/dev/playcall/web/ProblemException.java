package dev.playcall.web;

import java.util.Optional;

/** A request that cannot be answered as asked, as RFC 9457 tells it. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String detail;
    private final transient Optional<String> field;

    ProblemException(int status, String detail, Optional<String> field) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.field = field;
    }

    static ProblemException badRequest(String field, String detail) {
        return new ProblemException(400, detail, Optional.of(field));
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, detail, Optional.empty());
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    Optional<String> field() {
        return field;
    }
}
