package dev.playcall.security.secret;

/** A text nobody may see: it prints as {@code [secret]} wherever it gets by mistake. */
public record SecretText(String reveal) {
    @Override
    public String toString() {
        return Redactor.MASK;
    }
}
