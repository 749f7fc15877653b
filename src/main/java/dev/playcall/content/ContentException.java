package dev.playcall.content;

/** Why something is not done, one line for whoever asked; nothing was changed. */
public final class ContentException extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;
    private final boolean passing;

    public ContentException(String why) {
        this(why, false);
    }

    private ContentException(String why, boolean passing) {
        super(why, null, false, false);
        this.why = why;
        this.passing = passing;
    }

    /** One that will not stand for long. */
    public static ContentException passing(String why) {
        return new ContentException(why, true);
    }

    /** Whether it may be done a little later without anybody doing anything. */
    public boolean isPassing() {
        return passing;
    }

    public String why() {
        return why;
    }
}
