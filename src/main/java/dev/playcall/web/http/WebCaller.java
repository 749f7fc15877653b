package dev.playcall.web.http;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Credential;
import dev.playcall.security.identity.Sessions.Session;

/** Who sent a request. */
public sealed interface WebCaller {
    Person person();

    /** Whoever reaches the loopback of this machine while nobody has to say who they are. */
    record Anyone() implements WebCaller {
        @Override
        public Person person() {
            return Authorizer.LOCAL;
        }
    }

    /** A command on this machine; whoever can read the file with its secret is our own user. */
    record Console(String user) implements WebCaller {
        @Override
        public Person person() {
            return new Person("console:" + user);
        }
    }

    /** The holder of the token of the environment. */
    record Admin() implements WebCaller {
        @Override
        public Person person() {
            return Authorizer.ADMIN_TOKEN;
        }
    }

    /** A program. */
    record Program(ApiToken token) implements WebCaller {
        @Override
        public Person person() {
            return token.person();
        }
    }

    /** Somebody who is logged in, with what their browser keeps. */
    record Member(Session session, Credential credential) implements WebCaller {
        @Override
        public Person person() {
            return session.account().person();
        }
    }

    /** Whether somebody may be called this who says themselves who they are. */
    static boolean isUser(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
}
