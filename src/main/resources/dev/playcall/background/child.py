"""Runs one program, and ends it with everything that it has started once nobody waits for it.

Usage: python3 -I -S -c <this text> end|leave <program> <argument> ...
Whoever waits holds standard input open. When it closes (as it does when they die), or with SIGTERM, all is ended. "end"
says that also what the program leaves running when it ends by itself is ended, "leave" that it is not.
Exits as the program does; a program that a signal ended gives 128 and its number.
"""
import ctypes
import os
import select
import signal
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
GRACE = 2.0  # seconds between asking and killing
GIVE_UP = 10.0
STEP = 0.02
NOT_FOUND = 127


def adopt_orphans():
    """What leaves its parent becomes ours, in whichever session and process group it is."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    except AttributeError:
        pass  # not Linux


def start(argv):
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        os.execvp(argv[0], argv)
    except OSError as e:
        os.write(2, ("%s: %s\n" % (argv[0], e.strerror)).encode("utf-8", "replace"))
    finally:
        os._exit(NOT_FOUND)


def descendants():
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as f:
                    state, parent = f.read().rpartition(b")")[2].split()[:2]
            except (OSError, ValueError):
                continue  # it has ended
            if state not in (b"Z", b"X"):
                parents.setdefault(int(parent), []).append(int(name))
    found, left = [], [os.getpid()]
    while left:
        children = parents.get(left.pop(), [])
        found += children
        left += children
    return found


def send(number, pids):
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass  # it has ended, or is not ours to end


def reap(program):
    """The wait status of the program when it has ended; whatever else has ended is cleared away."""
    status = None
    try:
        while True:
            pid, one = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return status
            if pid == program:
                status = one
    except ChildProcessError:
        return status


def end_all():
    begin = time.monotonic()
    send(signal.SIGTERM, descendants())
    while time.monotonic() - begin < GIVE_UP:
        reap(0)
        left = descendants()
        if not left:
            return
        if time.monotonic() - begin > GRACE:
            send(signal.SIGKILL, left)
        time.sleep(STEP)


def wait(program, signals):
    """The wait status of the program; None when it is to be ended."""
    while True:
        ready = select.select([0, signals], [], [])[0]
        if signals in ready and signal.SIGTERM in os.read(signals, 512):
            return None
        status = reap(program)
        if status is not None:
            return status
        if 0 in ready and not os.read(0, 512):
            return None


def main(rest, argv):
    os.setsid()
    adopt_orphans()
    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    status = wait(start(argv), read)
    if status is None or rest == "end":
        end_all()
    if status is None:
        return 128 + signal.SIGTERM
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
