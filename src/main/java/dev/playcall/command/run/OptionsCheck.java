package dev.playcall.command.run;

import dev.playcall.catalog.Tags;
import dev.playcall.catalog.variable.Sanitized;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.Operation;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which options of Ansible a run may have. */
final class OptionsCheck {
    private static final Pattern TASK = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]{1,200}");

    private OptionsCheck() {}

    static AnsibleOptions of(AnsibleOptions options, Operation operation)
            throws RunRequestValidator.InvalidRequestException {
        var tags = Tags.check(options.skipTags());
        if (tags.isPresent()) {
            throw RunRequestValidator.wrong("skip_tags", tags.get(), Optional.empty());
        }
        if (options.verbosity() < 0 || options.verbosity() > AnsibleOptions.MOST_VERBOSE) {
            throw RunRequestValidator.wrong(
                    "verbosity",
                    "verbosity is " + options.verbosity() + "; it can be 0 to " + AnsibleOptions.MOST_VERBOSE
                            + " (-v to -vvvv)",
                    Optional.of("-vvvv"));
        }
        inTaskNames(options);
        inOperation(options, operation);
        return options;
    }

    private static void inTaskNames(AnsibleOptions options) throws RunRequestValidator.InvalidRequestException {
        if (!options.startAtTask().isEmpty()
                && !TASK.matcher(options.startAtTask()).matches()) {
            throw RunRequestValidator.wrong(
                    "start_at_task",
                    "\"" + Sanitized.of(options.startAtTask(), 60)
                            + "\" is not the name of a task (one line, at most 200 characters)",
                    Optional.empty());
        }
    }

    private static void inOperation(AnsibleOptions options, Operation operation)
            throws RunRequestValidator.InvalidRequestException {
        if (operation.equals(Operation.ADHOC)
                && !(options.skipTags().isEmpty() && options.startAtTask().isEmpty())) {
            throw RunRequestValidator.wrong(
                    "options", "adhoc runs one task: --skip-tags and --start-at-task do not apply", Optional.empty());
        }
        if (operation.equals(Operation.VALIDATE) && !options.isNone()) {
            throw RunRequestValidator.wrong(
                    "options", "validate accepts no options of Ansible (" + options.words() + ")", Optional.empty());
        }
    }
}
