"""Imports Ansible once and forks for each run, whose start then costs no import (ansible.warm).

Usage: <Ansible's interpreter> warm.py <ansible-playbook> <seconds>
in the environment and the directory that runs have, before anything of a run exists. Standard input brings one run
directory a line; its end, or that of the seconds, ends this process. Each run gets a process of its own, which becomes its
supervisor and reads in the directory what the run is: this one sees the name of the directory and nothing else.
Standard output says what happened, a line each:
  ready                  runs may come
  cannot <why>           and the end: runs start as if this process were not there
  claimed <pid> <name>   a supervisor has the run of the directory of this name
"""
import fcntl
import os
import select
import signal
import sys
import threading
import time

import supervisor
import warm_ansible

sys.path.remove(os.path.dirname(os.path.abspath(__file__)))  # as supervisor.py has it there for itself
OWN = ("supervisor", "limits", "run_as", "warm_ansible")
MAIN = b"from ansible.cli.playbook import main"


def keep_streams():
    """Ansible has its own on the numbers of the standard ones."""
    orders, answers = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 100) for fd in (0, 1))
    null = os.open("/dev/null", os.O_RDWR)
    said = os.memfd_create("said")
    for source, target in ((null, 0), (said, 1), (said, 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(said)
    return orders, answers


def said():
    """What was said while Ansible was imported; it would be missing in the output of a run."""
    sys.stdout.flush()
    sys.stderr.flush()
    text = os.pread(2, 2000, 0).decode("utf-8", "replace").strip()
    return text.partition("\n")[0]


def prepare(program):
    with open(program, "rb") as f:
        if MAIN not in f.read(65536):
            raise warm_ansible.Unusable("%s is not the one that ansible-core installs" % program)
    sys.path[0] = os.path.dirname(program)
    sys.argv = [program]
    prepared = warm_ansible.Prepared(program, dict(os.environ))
    if said():
        raise warm_ansible.Unusable("Ansible says at its import: " + said())
    if threading.active_count() > 1:
        raise warm_ansible.Unusable("the import of Ansible starts a thread")
    return prepared


class Warm:
    """What the supervisor of one run has of this process."""

    def __init__(self, prepared, answers):
        self.prepared = prepared
        self.answers = answers

    def claimed(self, directory):
        try:
            os.write(self.answers, ("claimed %d %s\n" % (os.getpid(), os.path.basename(directory))).encode())
        except OSError:
            pass  # the gateway has just died: the next one finds the run by its files

    def become(self, argv, env, secret, tell):
        """Executes Ansible in this process. Returns when that needs another one than the one that is imported."""
        why = self.prepared.unlike(argv, env, secret)
        if why is None:
            why = self.prepared.take_over(argv, env)
        if why is not None:
            self.note(env["PLAYCALL_RUN_DIR"], why)
            return
        for name in OWN:
            sys.modules.pop(name, None)  # or a plugin that imports one of this name would get ours
        os.close(tell)
        warm_ansible.run()

    @staticmethod
    def note(directory, why):
        with open(os.path.join(directory, "supervisor.log"), "a") as log:
            log.write("playcall supervisor: starts Ansible anew: %s\n" % why)


def fork(prepared, directory, orders, answers):
    if os.fork():
        return
    code = supervisor.UNUSABLE
    try:
        os.close(orders)
        os.chdir(directory)
        warm_ansible.show(["supervisor.py", directory])
        code = supervisor.supervise(directory, Warm(prepared, answers))
    finally:
        os._exit(code)


def reap(*_):
    """So that their CPU time counts as that of this process, and through it of the gateway."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def serve(prepared, orders, answers, until):
    """Until nobody can give orders any more, the time is up, or what is imported is not what is installed any more."""
    buffered = b""
    while select.select([orders], [], [], max(0.0, until - time.monotonic()))[0]:
        more = os.read(orders, 4096)
        if not more:
            return
        *lines, buffered = (buffered + more).split(b"\n")
        for line in lines:
            if prepared.is_stale():
                return
            fork(prepared, os.fsdecode(line), orders, answers)


def main(argv):
    until = time.monotonic() + float(argv[2])
    if os.getsid(0) != os.getpid():
        os.setsid()
    signal.signal(signal.SIGCHLD, reap)
    orders, answers = keep_streams()
    try:
        prepared = prepare(argv[1])
    except (Exception, SystemExit) as e:
        os.write(answers, ("cannot %s\n" % " ".join(str(e).split()))[:1000].encode("utf-8", "replace"))
        return 1
    os.write(answers, b"ready\n")
    serve(prepared, orders, answers, until)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
