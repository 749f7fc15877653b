package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.IdentityLinks.LinkStore;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is one human, on whatever database. */
abstract class LinkStoreContract extends StoreFixture {
    private static final Person A = new Person("slack:U1");
    private static final Person B = new Person("discord:2");
    private static final Person C = new Person("web:c");
    private static final Person D = new Person("token:d");

    private LinkStore links() {
        return database().links();
    }

    private boolean claim(Person by, Person other) {
        return links().claim(by, other, T, T.minusSeconds(60));
    }

    private void join(Person a, Person b) {
        assertThat(claim(a, b)).isFalse();
        assertThat(claim(b, a)).isTrue();
    }

    @Test
    void oneSideAloneJoinsNobodyHoweverOftenItSaysSo() {
        assertThat(claim(A, B)).isFalse();
        assertThat(claim(A, B)).isFalse();
        assertThat(claim(A, C)).isFalse();
        assertThat(claim(C, B)).isFalse();
        assertThat(links().humans()).isEmpty();
    }

    @Test
    void bothSidesTogetherJoinAlsoForTheNextGateway() {
        join(A, B);
        try (var later = again()) {
            assertThat(later.links().humans()).containsExactly(Set.of(A, B));
        }
    }

    @Test
    void aClaimThatIsTooOldIsForgotten() {
        assertThat(claim(A, B)).isFalse();
        Instant later = T.plusSeconds(61);
        assertThat(links().claim(B, A, later, later.minusSeconds(60))).isFalse();
        assertThat(links().humans()).isEmpty();
    }

    @Test
    void humansThatAreJoinedBecomeOne() {
        join(A, B);
        join(C, D);
        assertThat(links().humans()).containsExactlyInAnyOrder(Set.of(A, B), Set.of(C, D));
        join(B, C);
        assertThat(links().humans()).containsExactly(Set.of(A, B, C, D));
    }

    @Test
    void whoLeavesIsAloneAndCanBeJoinedAnew() {
        join(A, B);
        join(B, C);
        assertThat(links().leave(B)).isTrue();
        assertThat(links().leave(B)).isFalse();
        assertThat(links().humans()).containsExactly(Set.of(A, C));
        assertThat(claim(B, A)).isFalse();
        assertThat(claim(A, B)).isTrue();
        assertThat(links().humans()).containsExactly(Set.of(A, B, C));
    }
}
