"""Runs one Ansible process and outlives the gateway that asked for it.

Usage: python3 -I supervisor.py <run directory>. The files are described in docs/run-directory.md.
"""
import ctypes
import errno
import json
import os
import resource
import shutil
import signal
import sys
import time

POLL = 0.1
PR_SET_CHILD_SUBREAPER = 36


def write_atomically(directory, name, value):
    draft = os.path.join(directory, "." + name + ".new")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(fd, json.dumps(value).encode())
        os.fsync(fd)
    finally:
        os.close(fd)
    os.rename(draft, os.path.join(directory, name))
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        return b""


def stat_fields(pid):
    """Fields of /proc/<pid>/stat from the state on; the name before it may hold anything."""
    text = read("/proc/%d/stat" % pid)
    return text[text.rfind(b")") + 2:].split() if text else []


def millis():
    return int(time.time() * 1000)


class Supervisor:
    def __init__(self, directory, spec):
        self.dir = directory
        self.spec = spec
        self.child = 0
        self.status = None
        self.terms = 0
        self.started = millis()
        self.mark = b"PLAYCALL_RUN_DIR=" + os.fsencode(directory) + b"\0"
        self.control = os.fsencode(spec.get("control_path") or "")

    def exit_record(self, why, left=0, error=None):
        rc = sig = None
        if self.status is not None:
            if os.WIFSIGNALED(self.status):
                sig = os.WTERMSIG(self.status)
            else:
                rc = os.WEXITSTATUS(self.status)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        for path in self.spec.get("sweep", []):
            remove(path)
        record = {
            "rc": rc, "signal": sig, "why": why, "started": self.started, "ended": millis(),
            "cpu": round(usage.ru_utime + usage.ru_stime, 3), "max_rss": usage.ru_maxrss * 1024,
            "left": left, "error": error,
        }
        while True:
            try:
                return write_atomically(self.dir, "exit.json", record)
            except OSError as e:
                # A full disk: the record is the one thing that must not be lost, so wait for room.
                if e.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                time.sleep(1)

    def spawn(self):
        env = dict(self.spec["env"])
        env["PLAYCALL_RUN_ID"] = str(self.spec["run"])
        env["PLAYCALL_RUN_DIR"] = self.dir
        out = os.open(os.path.join(self.dir, "output"), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        null = os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)
        tell, hear = os.pipe()[::-1]  # both ends close on exec: silence means that the program runs
        pid = os.fork()
        if pid == 0:
            self.become_child(env, null, out, tell)
        os.close(tell)
        os.close(out)
        os.close(null)
        self.child = pid
        error = b""
        while True:
            part = os.read(hear, 4096)
            if not part:
                break
            error += part
        os.close(hear)
        return error.decode("utf-8", "replace")

    def become_child(self, env, null, out, tell):
        try:
            os.setpgid(0, 0)
            os.dup2(null, 0)
            os.dup2(out, 1)
            os.dup2(out, 2)
            for sig in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD, signal.SIGPIPE):
                signal.signal(sig, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.umask(0o022)
            os.chdir(self.spec["cwd"])
            argv = self.spec["argv"]
            os.execvpe(argv[0], argv, env)
        except BaseException as e:
            name = getattr(e, "filename", None) or self.spec["argv"][0]
            os.write(tell, ("%s: %s" % (name, getattr(e, "strerror", None) or e)).encode())
        finally:
            os._exit(127)

    def descendants(self):
        """Everything below us, and what carries our mark but slipped away. As sub-reaper we inherit most orphans."""
        me = os.getpid()
        parents = {}
        marked = set()
        for name in os.listdir("/proc"):
            if not name.isdigit() or int(name) == me:
                continue
            pid = int(name)
            fields = stat_fields(pid)
            if not fields or fields[0] in (b"Z", b"X"):
                continue
            parents[pid] = int(fields[1])
            if self.mark in read("/proc/%s/environ" % name) + b"\0":
                marked.add(pid)
            elif self.control and self.control in read("/proc/%s/cmdline" % name):
                marked.add(pid)
        found = set(marked)
        for pid in parents:
            chain = pid
            while chain in parents and chain not in found:
                chain = parents[chain]
            if chain == me or chain in found:
                found.add(pid)
        return found

    def signal_all(self, sig):
        found = self.descendants()
        for pid in found:
            try:
                os.kill(pid, sig)
            except ProcessLookupError:
                pass
        return len(found)

    def reap(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.child:
                self.status = status

    def wait(self, seconds):
        """Sleeps until a child ends, somebody signals us, or the time is over."""
        got = signal.sigtimedwait([signal.SIGCHLD, signal.SIGTERM], max(0.0, seconds))
        if got and got.si_signo == signal.SIGTERM:
            self.terms += 1
        self.reap()

    def wants_cancel(self):
        return self.terms > 0 or os.path.exists(os.path.join(self.dir, "cancel"))

    def supervise(self):
        limit = time.monotonic() + float(self.spec["timeout"])
        while self.status is None:
            left = limit - time.monotonic()
            if self.wants_cancel():
                return self.stop("cancelled")
            if left <= 0:
                return self.stop("timeout")
            self.wait(min(POLL, left))
        # Ssh masters stay for a minute, and a task in the background may have left something: nobody waits for them.
        self.exit_record("exited", self.kill_rest())

    def stop(self, why):
        """INT lets Ansible print what it has, TERM is the word every program knows, KILL is the end."""
        grace = float(self.spec["grace"])
        begun = time.monotonic()
        told_term = False
        self.signal_all(signal.SIGINT)
        while self.descendants():
            spent = time.monotonic() - begun
            if spent >= grace or self.terms > 1:
                break
            if spent >= grace / 2 and not told_term:
                self.signal_all(signal.SIGTERM)
                told_term = True
            self.wait(min(POLL, grace - spent))
        self.exit_record(why, self.kill_rest())

    def kill_rest(self):
        killed = 0
        while True:
            found = self.signal_all(signal.SIGKILL)
            killed = max(killed, found)
            self.reap()
            if not found:
                return killed
            self.wait(0.02)


def remove(path):
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)
    except OSError:
        pass


def fail(directory, message):
    line = "playcall supervisor: %s\n" % message
    try:
        os.write(2, line.encode())
    except OSError:
        pass
    return 2


def claim(directory):
    """Two supervisors may be started for one run; the one that makes this file has it, for ever."""
    try:
        os.close(os.open(os.path.join(directory, "claim"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return True
    except FileExistsError:
        return False


def main(argv):
    if len(argv) != 2:
        return fail(None, "usage: supervisor.py <run directory>")
    directory = os.path.realpath(argv[1])
    try:
        with open(os.path.join(directory, "spec.json"), "rb") as f:
            spec = json.load(f)
        for key in ("run", "argv", "env", "cwd", "timeout", "grace"):
            spec[key]
    except (OSError, ValueError, KeyError, TypeError) as e:
        return fail(directory, "%s/spec.json cannot be used: %r" % (directory, e))
    if any(os.path.exists(os.path.join(directory, n)) for n in ("run.json", "exit.json")) or not claim(directory):
        return 3
    if os.getsid(0) != os.getpid():
        if os.getpgid(0) == os.getpid():  # a group leader may not start a session
            if os.fork():
                os._exit(0)
        os.setsid()
    os.umask(0o077)
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for sig in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
        signal.signal(sig, signal.SIG_IGN)
    # Blocked, these two are only ever taken by sigtimedwait: no handler, no race.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD, signal.SIGTERM])
    supervisor = Supervisor(directory, spec)
    error = supervisor.spawn()
    if error:
        supervisor.wait(1)
        supervisor.status = None
        supervisor.exit_record("not_started", 0, error)
        return 0
    write_atomically(directory, "run.json", {
        "pid": os.getpid(), "ticks": int(stat_fields(os.getpid())[19]),
        "boot": read("/proc/sys/kernel/random/boot_id").decode().strip(),
        "child": supervisor.child, "started": supervisor.started,
    })
    supervisor.supervise()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
