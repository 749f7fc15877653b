package dev.playcall.ansible.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleResultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{'rc':0,'delta':'0:00:01','stdout':' up 3 days ','stderr':''}             | up 3 days",
                "{'rc':0,'stdout':'one','stderr':'two'}                                     | one/two",
                "{'rc':0,'stdout':'','msg':'All items completed'}                          | All items completed",
                "{'state':'started','status':200}                                          | state=started status=200",
                "{'ping':'pong'}                                                           | ping=pong",
                "{'rc':0,'delta':'0:00:01','start':'x','end':'y'}                          | -",
                "{}                                                                        | -",
            })
    void theOutputOfACommandComesBeforeTheMessageAndThatBeforeTheValues(String result, String text) throws Exception {
        var json = new ObjectMapper().readTree(result.replace('\'', '"'));
        assertThat(ModuleResult.of(json).map(t -> t.replace('\n', '/')).orElse(null))
                .isEqualTo(text);
    }
}
