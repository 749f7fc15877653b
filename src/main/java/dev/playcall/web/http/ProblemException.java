package dev.playcall.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Suggestion;
import java.util.Optional;
import java.util.Set;

/** A request that cannot be answered as asked, as RFC 9457 tells it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_NAME = 60;

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

    /** @param known the fields there are */
    public static void refuseUnknownFields(JsonNode body, Set<String> known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw badRequest(
                        shortened(name),
                        "there is no field " + shortened(name)
                                + Suggestion.of(name, known)
                                        .map(n -> "; did you mean " + n + "?")
                                        .orElse(""));
            }
        });
    }

    /** The same name twice: which value was meant is not known. */
    static ProblemException duplicate(String name) {
        return badRequest(shortened(name), "\"" + shortened(name) + "\" is given twice");
    }

    private static String shortened(String name) {
        return Truncate.of(name, LONGEST_NAME);
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
