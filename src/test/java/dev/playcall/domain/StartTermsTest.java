package dev.playcall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartTermsTest {
    private static final StartTerms ONE =
            new StartTerms(1, List.of(), false, Optional.empty(), false, Optional.empty(), "", false);

    @Test
    void aRequesterWhomNobodyKnowsCostsOneApprovalMoreAndThatIsSaid() {
        assertThat(ONE.whyOneMore()).isEmpty();
        assertThat(ONE.forUnknown().approvals()).isEqualTo(2);
        assertThat(ONE.forUnknown().overriding("an incident").whyOneMore())
                .isEqualTo(", one more than usual as the requester is not known by name");
        assertThat(StartTerms.NONE.forUnknown().whyOneMore()).isEmpty();
    }
}
