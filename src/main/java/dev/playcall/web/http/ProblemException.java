package dev.playcall.web.http;

import java.util.Optional;

/** A request that cannot be answered as asked, as RFC 9457 tells it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String detail;
    private final transient Optional<String> field;

    public ProblemException(int status, String detail, Optional<String> field) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.field = field;
    }

    public static ProblemException badRequest(String field, String detail) {
        return new ProblemException(400, detail, Optional.of(field));
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(404, detail, Optional.empty());
    }

    public int status() {
        return status;
    }

    public String detail() {
        return detail;
    }

    public Optional<String> field() {
        return field;
    }
}
