package dev.playcall.domain.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void numbersInNamesAreComparedAsNumbers() {
        assertThat(
                        List.of("web-100", "web-10", "db", "web-2", "web-1", "web-02", "web", "10.0.0.9", "10.0.0.10")
                                .stream()
                                .sorted(NaturalOrder.NAMES))
                .containsExactly("10.0.0.9", "10.0.0.10", "db", "web", "web-1", "web-02", "web-2", "web-10", "web-100");
    }

    @Test
    void aNumberMayBeLongerThanAnyInteger() {
        assertThat(List.of("a99999999999999999999999", "a1").stream().sorted(NaturalOrder.NAMES))
                .containsExactly("a1", "a99999999999999999999999");
    }
}
