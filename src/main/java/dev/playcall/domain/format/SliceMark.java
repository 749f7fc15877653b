package dev.playcall.domain.format;

import java.util.regex.Pattern;

/** How a line of a log begins that one of several Ansible processes of a run has said: {@code [slice 2] TASK [Install]}. */
public final class SliceMark {
    private static final Pattern MARK = Pattern.compile("\\[slice \\d{1,3}] ");

    private SliceMark() {}

    /** With the blank after it; empty where the line has none. */
    public static String of(String line) {
        var found = MARK.matcher(line);
        return found.lookingAt() ? found.group() : "";
    }
}
