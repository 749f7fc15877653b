package dev.playcall.security.audit;

import java.util.List;

/**
 * What a verification of the audit log found.
 *
 * @param entries how many there are
 * @param head the last entry, {@code 118:3fa9…}: written down elsewhere it proves that nothing before it was changed
 *     since, whoever had the keys
 * @param findings what is wrong, one line each; the first hundred
 * @param accepted what was found before and accepted, with who did it
 * @param digest of everything that was found
 */
public record AuditReport(long entries, String head, List<String> findings, List<String> accepted, String digest) {
    public AuditReport {
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }
}
