package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonVersionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''            | 3.11 | true
        >=3.10        | 3.11 | true
        >=3.10        | 3.9  | false
        >=3.10, <3.12 | 3.12 | false
        <=3.11        | 3.11 | true
        >3.11         | 3.11 | false
        ==3.11        | 3.11 | true
        ==3.11.*      | 3.11 | true
        ==3.10.*      | 3.11 | false
        !=3.11        | 3.11 | false
        ~=3.9         | 3.11 | true
        ~=2.7         | 3.11 | false
        >=4           | 3.11 | false
        """)
    void aVersionIsComparedByItsNumbers(String asked, String version, boolean will) {
        assertThat(PythonVersions.allow(asked, version)).isEqualTo(will);
    }
}
