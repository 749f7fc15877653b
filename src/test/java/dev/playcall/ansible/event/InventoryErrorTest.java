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
    void theFileIsNamedWhereTheReasonDoesNot() {
        assertThat(InventoryError.in("""
            [WARNING]:  * Failed to parse /srv/cloud/20-custom.yml with custom plugin:
            the cloud is away
            ERROR! Completely failed to parse inventory source /srv/cloud/20-custom.yml
            """)).contains("/srv/cloud/20-custom.yml: the cloud is away");
    }

    @Test
    void theReasonIsFoundInTheOutputOfLaterVersions() {
        assertThat(InventoryError.message("""
            [WARNING]: Failed to parse inventory with 'ini' plugin: Failed to parse inventory: No closing quotation

            Failed to parse inventory with 'ini' plugin.

            <<< caused by >>>

            Failed to parse inventory.
            Origin: /srv/cloud/hosts.ini

            [ERROR]: Completely failed to parse inventory source /srv/cloud/hosts.ini
            """)).isEqualTo("/srv/cloud/hosts.ini: No closing quotation");
        assertThat(InventoryError.message("""
            [WARNING]: Failed to parse inventory with 'script' plugin: Inventory script returned non-zero exit code 3.

            Failed to parse inventory with 'script' plugin.

            <<< caused by >>>

            Inventory script returned non-zero exit code 3.
            Origin: <inventory plugin 'script' with source '/srv/cloud/script'>

            Standard error from inventory script:
            no token,
            log in first

            [WARNING]: Failed to parse inventory with 'yaml' plugin: YAML inventory has invalid structure
            [ERROR]: Completely failed to parse inventory source /srv/cloud/script
            """))
                .isEqualTo("/srv/cloud/script: Inventory script returned non-zero exit code 3: no token, log in first");
    }

    @Test
    void otherErrorsAreLeftToTheirOwnWords() {
        assertThat(InventoryError.in("ERROR! the playbook: x.yml could not be found\n"))
                .isEmpty();
    }
}
