package dev.playcall.ansible.warm;

import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.runner.EventReader;
import dev.playcall.runner.Launcher;
import dev.playcall.runner.directory.RunDirectory.Launch;
import java.nio.file.Path;
import java.util.Optional;

/** Prepares runs as another one does, and starts them from an imported Ansible where it can. */
record WarmLauncher(Launcher launcher, WarmStarts warm) implements Launcher {
    @Override
    public Launch prepare(Run run, Path folder) throws CannotLaunchException {
        return launcher.prepare(run, folder);
    }

    @Override
    public ContentHold holdContent(Run run, Waiting waiting) throws CannotLaunchException {
        return launcher.holdContent(run, waiting);
    }

    @Override
    public Optional<Revision> revision(Run run) {
        return launcher.revision(run);
    }

    @Override
    public Optional<ProcessHandle> startWarm(Launch launch, Path folder) {
        return warm.take(launch, folder);
    }

    @Override
    public EventReader reader(Run run) {
        return launcher.reader(run);
    }
}
