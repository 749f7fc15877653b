package dev.playcall.ansible.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InventoryErrorTest {
    @Test
    void theReasonBeforeTheClosingErrorIsKept() {
        var output = """
            [WARNING]:  * Failed to parse /srv/inventory/x/hosts with ini plugin:
            /srv/inventory/x/hosts:2: Error parsing host definition 'm1 ansible_host=<your
            server's name>': No closing quotation
            ERROR! Completely failed to parse inventory source /srv/inventory/x/hosts
            """;
        assertThat(InventoryError.in(output))
                .contains("/srv/inventory/x/hosts:2: Error parsing host definition 'm1 ansible_host=<your server's"
                        + " name>': No closing quotation");
    }

    @Test
    void otherErrorsAreLeftToTheirOwnWords() {
        assertThat(InventoryError.in("ERROR! the playbook: x.yml could not be found\n"))
                .isEmpty();
    }
}
