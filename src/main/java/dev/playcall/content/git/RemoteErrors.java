package dev.playcall.content.git;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says why another repository cannot be read, and what is to be done about it, in one line. */
final class RemoteErrors {
    private static final Pattern CHANGED = Pattern.compile("Host key for (\\S+) has changed");
    private static final Pattern SSH_URL = Pattern.compile("ssh://(?:[^@/]*@)?(\\[[^]]+]|[^:/]+)(?::(\\d+))?/.*");
    private static final Pattern SHORT_URL = Pattern.compile("(?:[^@/:]+@)?([^/:]+):(?!//).*");
    private static final Pattern NO_BRANCH = Pattern.compile("couldn't find remote ref (?:refs/heads/)?(\\S+)");
    private static final Pattern LOCKED_OUT =
            Pattern.compile("terminal prompts disabled|could not read (Username|Password)"
                    + "|Permission denied|Authentication failed|returned error: 40[13]");

    private RemoteErrors() {}

    /** @param url of what was to be read */
    static String errorMessage(Git.Output output, String url) {
        var changed = CHANGED.matcher(output.err());
        if (changed.find()) {
            return "the host key of " + changed.group(1)
                    + " is not the one in known_hosts: either it was set up anew, or"
                    + " the connection is intercepted; find out which, and only then ssh-keygen -R '" + changed.group(1)
                    + "' and take the new one as for an unknown host";
        }
        if (output.err().contains("Host key verification failed")) {
            return unknownHost(url);
        }
        var branch = NO_BRANCH.matcher(output.err());
        if (branch.find()) {
            return "there is no branch " + branch.group(1) + " (any more)";
        }
        return output.errorMessage() + (LOCKED_OUT.matcher(output.err()).find() ? lockedOut(url) : "");
    }

    private static String unknownHost(String url) {
        var host = host(url);
        return "the host key of " + host.map(Host::name).orElse("its host") + " is not known: "
                + host.map(Host::scan).orElse("ssh-keyscan HOST")
                + " >> ~/.ssh/known_hosts as Playcall's user, compare the"
                + " fingerprint with what its owner says, then again";
    }

    private static String lockedOut(String url) {
        return host(url).isPresent()
                ? " (no key is let in: ./playcall secret set NAME --kind git_key < FILE, and have its public half let"
                        + " in there)"
                : " (Playcall's user needs a credential helper that asks nobody)";
    }

    private record Host(String name, Optional<String> port) {
        String scan() {
            return "ssh-keyscan " + port.map(p -> "-p " + p + " ").orElse("") + name;
        }
    }

    private static Optional<Host> host(String url) {
        var whole = SSH_URL.matcher(url.toLowerCase(Locale.ROOT));
        if (whole.matches()) {
            return Optional.of(new Host(whole.group(1), Optional.ofNullable(whole.group(2))));
        }
        var brief = SHORT_URL.matcher(url);
        return !url.contains("://") && brief.matches()
                ? Optional.of(new Host(brief.group(1), Optional.empty()))
                : Optional.empty();
    }
}
