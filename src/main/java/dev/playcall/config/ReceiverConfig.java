package dev.playcall.config;

import dev.playcall.config.Config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody who can be told something, and how.
 *
 * @param rate how many messages it may get at most
 * @param atOnce how many messages may be on their way to it at a time
 * @param pings who is called by a message, which only the configuration decides
 */
public record ReceiverConfig(
        Transport transport, Optional<Rate> rate, int atOnce, Templates templates, List<Ping> pings) {
    public ReceiverConfig {
        pings = List.copyOf(pings);
    }

    /** What of it must never be shown. */
    Stream<Secret> secrets() {
        return transport.secrets();
    }

    /** Where messages go. */
    public sealed interface Transport {
        /** What of it must never be shown; the address often is the secret. */
        default Stream<Secret> secrets() {
            return Stream.of();
        }

        /** A channel in which the bot speaks. */
        record Chat(String platform, String channel) implements Transport {}

        /** A program that takes a POST. */
        record Webhook(URI url, List<Secret> keys, Connection connection) implements Transport {
            public Webhook {
                keys = List.copyOf(keys);
            }

            @Override
            public Stream<Secret> secrets() {
                return Stream.concat(keys.stream(), SecretParts.of(url));
            }
        }

        /** An incoming webhook of {@code slack} or {@code discord}. */
        record ChatWebhook(String platform, URI url, Connection connection) implements Transport {
            @Override
            public Stream<Secret> secrets() {
                return Stream.concat(Stream.of(new Secret(url.getRawPath())), SecretParts.of(url));
            }
        }

        /** A topic of an ntfy server. */
        record Ntfy(URI topic, Secret token, Connection connection) implements Transport {
            @Override
            public Stream<Secret> secrets() {
                return Stream.concat(Stream.of(token), SecretParts.of(topic));
            }
        }

        /** A service that the {@code apprise} program reaches; its address holds its secrets. */
        record Apprise(Secret url) implements Transport {
            @Override
            public Stream<Secret> secrets() {
                return Stream.concat(Stream.of(url), SecretParts.of(url.reveal()));
            }
        }

        /** A notification address of an Apprise API server. */
        record AppriseApi(URI url, String tag, Connection connection) implements Transport {
            @Override
            public Stream<Secret> secrets() {
                return SecretParts.of(url);
            }
        }

        /** Mailboxes, by way of a mail server. */
        record Mail(Server server, String from, List<String> to) implements Transport {
            public Mail {
                to = List.copyOf(to);
            }

            @Override
            public Stream<Secret> secrets() {
                return Stream.of(server.password());
            }
        }
    }

    /**
     * How a server is reached over HTTP.
     *
     * @param allowPrivate whether its address may be in a private network
     * @param authorities PEM of those who vouch for its certificate; empty for those everybody trusts
     */
    public record Connection(boolean allowPrivate, String authorities) {
        /** A server on the internet whose certificate everybody trusts. */
        public static final Connection PUBLIC = new Connection(false, "");
        /** One that may be in a private network. */
        public static final Connection PRIVATE = new Connection(true, "");
    }

    /**
     * A mail server and how we are known to it.
     *
     * @param user empty sends without saying who we are
     * @param authorities PEM of those who vouch for its certificate; empty for those everybody trusts
     */
    public record Server(
            String host, int port, Encryption encryption, String user, Secret password, String authorities) {
        /** A server whose certificate everybody trusts. */
        public Server(String host, int port, Encryption encryption, String user, Secret password) {
            this(host, port, encryption, user, password, "");
        }
    }

    /** How a connection to a mail server is kept from being read. */
    public enum Encryption {
        STARTTLS,
        TLS,
        NONE
    }

    /** At most so many within so long. */
    public record Rate(int count, Duration per) {}

    /** What replaces the usual words; what is not there is as usual. */
    public record Templates(Optional<Template> title, Optional<Template> text, Optional<Template> html) {
        public static final Templates NONE = new Templates(Optional.empty(), Optional.empty(), Optional.empty());

        public Templates or(Templates above) {
            return new Templates(title.or(above::title), text.or(above::text), html.or(above::html));
        }
    }

    /**
     * One template as it stands in the file.
     *
     * @param place its file and line
     * @param key its path in the file
     */
    public record Template(String place, String key, String text) {}

    /**
     * Who is called when.
     *
     * @param when a severity, which means this bad or worse, or a condition on labels
     */
    public record Ping(String place, String when, List<Mention> who) {
        public Ping {
            who = List.copyOf(who);
        }
    }

    /** Somebody a platform can call; {@code id} is empty for those in the channel. */
    public record Mention(Kind kind, String id) {
        /** What it calls. */
        public enum Kind {
            PERSON,
            /** A user group of Slack, a role of Discord. */
            GROUP,
            /** Everybody who is there now. */
            HERE,
            EVERYBODY
        }
    }
}
