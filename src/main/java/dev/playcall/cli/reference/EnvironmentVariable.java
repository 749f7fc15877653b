package dev.playcall.cli.reference;

/** The environment variables that Playcall itself reads, beside those that a configuration names as {@code ${NAME}}. */
public enum EnvironmentVariable {
    PLAYCALL_CONFIG("the configuration file, as --config; omitted: config/playcall.yml"),
    PLAYCALL_URL("the gateway that commands talk to, as --server; omitted: the one of this data folder"),
    PLAYCALL_TOKEN("the API token for the gateway at PLAYCALL_URL or --server"),
    PLAYCALL_TOKEN_FILE("a file with that token, as --token-file; PLAYCALL_TOKEN counts before it"),
    PLAYCALL_SECTION_KEY(
            "PLAYCALL_<SECTION>_<KEY>",
            "overrides one key of the configuration: PLAYCALL_SERVER_PORT=9090 is server.port. Lists are"
                    + " comma-separated"),
    PLAYCALL_ADMIN_TOKEN("a bearer token of the API with all permissions; it cannot approve"),
    PLAYCALL_ADMIN_USER("the name of the first admin, created at a start while there is no account"),
    PLAYCALL_ADMIN_PASSWORD("the password of the first admin"),
    PLAYCALL_ADMIN_PASSWORD_FILE("a file with the password of the first admin"),
    PLAYCALL_SECRETS_KEY(
            "32 bytes in Base64 that encrypt the key file of the secrets; comma-separated while one replaces another"),
    PLAYCALL_JAVA_OPTS("options for Java, read by the launcher"),
    JAVA_HOME("the Java that the launcher uses, if it is recent enough"),
    MAVEN_OPTS("options for Maven when the launcher builds Playcall"),
    HOME("where roles, collections, ssh keys and known_hosts of the user are looked for"),
    XDG_STATE_HOME("where the console keeps its history, in playcall/; omitted: ~/.local/state"),
    PATH("where ansible-playbook, git, ssh and apprise are looked for"),
    TERM("a terminal called dumb gets no colours and no lines that are drawn again"),
    NO_COLOR("not empty: no colours in the terminal"),
    COLUMNS("the width of the terminal; omitted: 100");

    private final String written;
    private final String meaning;

    EnvironmentVariable(String meaning) {
        this.written = name();
        this.meaning = meaning;
    }

    EnvironmentVariable(String written, String meaning) {
        this.written = written;
        this.meaning = meaning;
    }

    /** As people write it. */
    public String written() {
        return written;
    }

    /** In one sentence, without a full stop. */
    public String meaning() {
        return meaning;
    }
}
