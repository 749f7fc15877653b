package dev.playcall.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web|web",
                "web[1:3]|web1 web2 web3",
                "web[01:03]|web01 web02 web03",
                "web[008:011]|web008 web009 web010 web011",
                "web[9:11]|web9 web10 web11",
                "web[:2]|web0 web1 web2",
                "n[1:10:4].x|n1.x n5.x n9.x",
                "db-[a:d]|db-a db-b db-c db-d",
                "db-[a:e:2]|db-a db-c db-e",
                "db-[y:B]|db-y db-z db-A db-B",
                "r[1:2]-[a:b]|r1-a r1-b r2-a r2-b",
                "web:2222|web",
                "web[1:2]:2222|web1 web2",
                "[2001:db8::1]:22|2001:db8::1",
                "2001:db8::1|2001:db8::1",
                "10.0.0.[1:2]|10.0.0.1 10.0.0.2",
                "_x|_x",
            })
    void expandsAsAnsibleDoes(String text, String names) {
        assertThat(HostRange.expand(text)).isEqualTo(new HostRange.Names(List.of(names.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-x",
                "a b",
                "a/b",
                "../x",
                "@x",
                "a,b",
                "a;b",
                "web[",
                "web]",
                "web[]",
                "web[:]",
                "web[1:]",
                "web[3:1]",
                "web[c:a]",
                "web[A:c]",
                "web[aa:ac]",
                "web[1:a]",
                "web[01:100]",
                "web[1:9:0]",
                "web[1:9:-1]",
                "web[1-3]",
                "web[1]",
                "web[[1:2]]",
                "web[1:99999999]",
                "web[1:999][1:999]",
                "web[1:9999999999999999999]",
                "é",
                "a\nb",
                "{{ x }}",
                "*"
            })
    void refusesTheRest(String text) {
        assertThat(HostRange.expand(text)).isInstanceOf(HostRange.Refused.class);
    }

    @Test
    void aLongTextIsRefusedAtOnce() {
        assertThat(HostRange.expand("[1:9]".repeat(100_000))).isInstanceOf(HostRange.Refused.class);
        assertThat(HostRange.expand("a[1:9]".repeat(60))).isInstanceOf(HostRange.Refused.class);
    }
}
