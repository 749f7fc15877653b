package dev.playcall.domain.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersonTest {
    @Test
    void a_schedule_is_named_as_one_and_not_by_its_number_alone() {
        assertThat(new Person("schedule:2").name()).isEqualTo("schedule 2");
    }

    @Test
    void everybody_else_is_named_by_their_id() {
        assertThat(new Person("web:anna").name()).isEqualTo("anna");
        assertThat(new Person("token:2").name()).isEqualTo("2");
    }
}
