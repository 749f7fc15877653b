"""Owns one run: starts its program, stops it when asked or when its time is up, and records how it ended.

Usage: python3 -I supervisor.py <run directory>. run_as.py and limits.py beside it are parts of it. The files are described in docs/run-directory.md.

It must outlive the gateway and leave nothing behind, so it imports little, holds no connection to anybody, and does
nothing but wait. Everything it starts stays below it: as child sub-reaper it inherits every orphan of the run.
"""
import ctypes
import errno
import json
import math
import os
import resource
import signal
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
LOOK = 0.1  # seconds between two looks for the cancel file
STILL = 1.0  # seconds between two looks whether everything still stands
UNKILLABLE = 10.0  # a process that has not gone this long after KILL hangs in the kernel or belongs to another user
MASTER_GRACE = 2.0  # for ssh masters at a normal end: on TERM they remove their sockets
LEASE_GRACE = 5.0  # from TERM to KILL once the lease of the node has run out
RECORD_ROOM = 8192  # kept free for exit.json
WORK_ROOM = 65536  # with less than this, a program that fails most likely failed for want of it
REFUSED, UNUSABLE = 3, 2
SSH = (b"ssh", b"sftp", b"scp", b"sshpass")
CARRIED = (b"ssh", b"sftp", b"scp")


sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.abspath(__file__)))  # isolated, Python does not look there


class BadSpec(Exception):
    pass


# -- files

def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        return b""


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]


def sync_directory(directory):
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_atomically(directory, name, record):
    """A reader sees all of the record or nothing, after a power cut as well.

    The draft is not truncated before it is written: room that was reserved in it (see reserve) is what lets the exit
    record through when the disk is full.
    """
    draft = os.path.join(directory, "." + name)
    data = json.dumps(record).encode("ascii")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        write_all(fd, data)
        os.ftruncate(fd, len(data))
        os.fsync(fd)
    finally:
        os.close(fd)
    os.rename(draft, os.path.join(directory, name))
    sync_directory(directory)


def reserve(directory, name):
    fd = os.open(os.path.join(directory, "." + name), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(fd, 0, RECORD_ROOM)
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
    finally:
        os.close(fd)


def is_full(directory):
    """Whether a disk, or what is left of a quota, has no room for the work of a program."""
    probe = os.path.join(directory, ".room")
    try:
        fd = os.open(probe, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(fd, 0, WORK_ROOM)
        finally:
            os.close(fd)
            os.unlink(probe)
    except OSError as e:
        return e.errno in (errno.ENOSPC, errno.EDQUOT)
    return False


def remove(path):
    """Removes a file or a whole directory, never what a link points to."""
    if not os.path.isdir(path) or os.path.islink(path):
        os.unlink(path)
        return
    for _, directories, files, fd in os.fwalk(path, topdown=False, follow_symlinks=False):
        for name in files:
            os.unlink(name, dir_fd=fd)
        for name in directories:
            try:
                os.rmdir(name, dir_fd=fd)
            except NotADirectoryError:  # a link to a directory counts as one here
                os.unlink(name, dir_fd=fd)
    os.rmdir(path)


# -- processes

class Proc:
    """One line of the process table."""

    def __init__(self, pid, name, fields):
        self.pid = pid
        self.name = name
        self.state = fields[0]
        self.parent = int(fields[1])
        self.session = int(fields[3])
        self.ticks = int(fields[19])

    def signal(self, number):
        """Signals this very process: its number may have been given away since the table was read."""
        try:
            fd = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        except OSError:  # a kernel before 5.3, or a sandbox that forbids it
            fd = None
        try:
            now = process(self.pid)
            if now is None or now.ticks != self.ticks:
                return
            if fd is None:
                os.kill(self.pid, number)
            else:
                signal.pidfd_send_signal(fd, number)
        except (ProcessLookupError, PermissionError):
            pass  # gone already; or of another user (sudo), which reach_end reports
        finally:
            if fd is not None:
                os.close(fd)


def process(pid):
    stat = read("/proc/%d/stat" % pid)
    # The name stands in parentheses and may itself hold blanks and parentheses.
    open_, close = stat.find(b"("), stat.rfind(b")")
    return Proc(pid, stat[open_ + 1:close], stat[close + 2:].split()) if close > 0 else None


def processes():
    found = {}
    for name in os.listdir("/proc"):
        p = process(int(name)) if name.isdigit() else None
        if p is not None and p.state not in b"ZX":
            found[p.pid] = p
    return found


class Lease:
    """Until when this machine may work on runs; the gateway prolongs it while it reaches the database (docs/cluster.md)."""

    def __init__(self, path):
        self.path = path
        self.looked = None
        self.over = False

    def is_over(self):
        """A lease that cannot be read is none."""
        now = time.monotonic()
        if self.path and not self.over and (self.looked is None or now - self.looked >= STILL / 2):
            self.looked = now
            self.over = (lease_left(self.path) or 0) <= 0
        return self.over


def lease_left(path):
    """Seconds that a lease goes on; None where it cannot be read."""
    try:
        lease = json.loads(read(path))
        if lease["boot"] != read("/proc/sys/kernel/random/boot_id").decode().strip():
            return None
        return math.inf if lease["until"] is None else lease["until"] - uptime()
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def uptime():
    """Seconds since the machine was started, those in which it slept as well."""
    return float(read("/proc/uptime").split()[0])


def millis():
    return int(time.time() * 1000)


class Supervisor:
    def __init__(self, directory, spec, warm=None):
        self.directory = directory
        self.spec = spec
        self.warm = warm  # Ansible as this process has imported it already
        self.child = 0
        self.status = None  # of the child, as waitpid gives it
        self.terms = 0  # how often we were told to stop
        self.remote = 0  # commands on other machines that will not notice that we stopped
        self.childless = False  # nobody is below us: a sub-reaper without children has no descendants
        self.account = None  # the user that the program becomes, when it is another one
        self.limits = None
        self.exceeded = None  # the limit that ended the run
        self.lease = Lease(spec["lease"])
        self.started = millis()
        self.mark = b"PLAYCALL_RUN_DIR=" + os.fsencode(directory) + b"\0"
        control = spec["control_path"].rstrip("/")
        self.control = os.fsencode(control + "/") if control else None

    def path(self, name):
        return os.path.join(self.directory, name)

    # -- start

    def start(self):
        """Starts the program; returns why that could not be, or None.

        The new process waits at a gate until run.json is on disk, so nothing is ever executed that a later gateway
        could not find.
        """
        if self.lease.is_over():
            return "this machine has not reached the database for too long"
        try:
            secret = self.secret_environment()
            env = dict(secret, **self.spec["env"])
        except (OSError, ValueError) as e:
            return "cannot read %s: %s" % (self.spec["env_file"], e)
        error = self.hand_over(env)
        if error:
            return error
        self.limit()
        env.update(PLAYCALL_RUN_ID=str(self.spec["run"]), PLAYCALL_RUN_DIR=self.directory)
        gate_out, gate_in = os.pipe()
        hear, tell = os.pipe()  # closed by exec: silence means that the program runs
        output = os.open(self.path("output"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.child = os.fork()
        if self.child == 0:
            self.become_program(env, set(secret), output, gate_out, gate_in, tell)
        for fd in (gate_out, tell, output):
            os.close(fd)
        doing = "write run.json"
        try:
            self.record_start()
            doing = "limit the run"
            if self.limits:
                self.limits.attach(self.child)
            os.write(gate_in, b"1")
        except OSError as e:
            return "cannot %s: %s" % (doing, e.strerror)
        finally:
            os.close(gate_in)  # without a word in it, this sends the new process home
        said = b""
        while True:
            part = os.read(hear, 4096)
            if not part:
                break
            said += part
        os.close(hear)
        return said.decode("utf-8", "replace") or None

    def hand_over(self, env):
        """Gives the inputs of the run to the user that the program becomes; returns why that cannot be, or None."""
        wanted = self.spec["user"]
        if not wanted:
            return None
        import run_as
        try:
            self.account, its = run_as.hand_over(wanted, self.path("home"))
            self.account.open_way([self.directory])
            env.update(its)
        except run_as.Refused as e:
            return str(e)
        except OSError as e:
            return "ansible.run_as: cannot give %s its files: %s" % (wanted["name"], e)
        return None

    def limit(self):
        if self.spec["limits"]:
            import limits
            self.limits = limits.Limits(self.spec["limits"], self.spec["run"], self.spec["timeout"])

    def secret_environment(self):
        """What only the program may know; nobody needs the file any more once it is read."""
        path = self.spec["env_file"]
        if not path:
            return {}
        with open(path, "rb") as f:
            env = json.load(f)
        os.unlink(path)
        if not (isinstance(env, dict) and is_text_list(list(env) + list(env.values()))):
            raise ValueError("not texts by name")
        return env

    def record_start(self):
        write_atomically(self.directory, "run.json", {
            "pid": os.getpid(),
            "ticks": process(os.getpid()).ticks,
            "boot": read("/proc/sys/kernel/random/boot_id").decode().strip(),
            "child": self.child,
            "started": self.started,
            "groups": list(self.limits.groups) if self.limits else [],
        })

    def become_program(self, env, secret, output, gate_out, gate_in, tell):
        argv, cwd = self.spec["argv"], self.spec["cwd"]
        doing = "start"
        try:
            os.close(gate_in)
            if not os.read(gate_out, 1):
                os._exit(127)
            os.setpgid(0, 0)
            null = os.open("/dev/null", os.O_RDONLY)
            for source, target in ((null, 0), (output, 1), (output, 2)):
                os.dup2(source, target)
            # A gateway started in the background ignores INT, and ignored signals are inherited: Ansible could
            # then not be interrupted.
            for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                try:
                    signal.signal(number, signal.SIG_DFL)
                except (OSError, ValueError):
                    pass  # reserved by the C library
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.umask(0o022)
            if self.limits:
                doing = "limit the run"
                self.limits.enter()
            if self.account:
                doing = "become " + self.account.name
                self.account.enter()
                self.refuse(self.account.unreadable(self.spec["user"]["needs"]), tell)
            doing = "enter " + cwd
            os.chdir(cwd)
            if self.warm and not self.account:
                self.warm.become(argv, env, secret, tell)  # comes back when the run needs another Ansible than this
            doing = "execute " + argv[0]
            os.execvpe(argv[0], argv, env)
        except BaseException as e:
            reason = getattr(e, "strerror", None) or repr(e)
            if isinstance(e, FileNotFoundError) and doing.startswith("execute /") and os.path.exists(argv[0]):
                reason = "the interpreter named in its first line is missing"
            os.write(tell, ("cannot %s: %s" % (doing, reason)).encode("utf-8", "replace"))
        finally:
            os._exit(127)

    @staticmethod
    def refuse(reasons, tell):
        if reasons:
            os.write(tell, reasons[0].encode("utf-8", "replace"))
            os._exit(127)

    # -- watch

    def supervise(self):
        limit = time.monotonic() + self.spec["timeout"]
        while self.status is None:
            left = limit - time.monotonic()
            if self.lease.is_over():
                return self.stop_at_once("fenced")
            if self.cancel_wanted():
                return self.stop("cancelled")
            if self.pause_wanted():
                limit += self.stand_still()
                continue
            if self.limits and self.limits.killed():
                self.exceeded = "memory"
                return self.stop("limit")
            if left <= 0:
                return self.stop("timeout")
            self.wait(min(LOOK, left))
        return self.after_end()

    def cancel_wanted(self):
        return self.terms > 0 or os.path.exists(self.path("cancel"))

    def pause_wanted(self):
        return os.path.exists(self.path("pause"))

    def stand_still(self):
        """Executes nothing until somebody lets it go on or cancels it; returns how long that took.

        Only what runs on this machine can be held: a command that has begun on another one goes on there.
        """
        begun = time.monotonic()
        looked = None
        while self.status is None and self.pause_wanted() and not self.cancel_wanted() and not self.lease.is_over():
            if looked is None or time.monotonic() - looked >= STILL:
                self.hold()
                looked = time.monotonic()
            self.wait(LOOK)
        for p in self.descendants():
            p.signal(signal.SIGCONT)
        return time.monotonic() - begun

    def hold(self):
        """A process may fork while the table is read, so it is read until all that is there stands."""
        for _ in range(10):
            moving = [p for p in self.descendants() if p.state not in b"Tt"]
            if not moving:
                return
            for p in moving:
                p.signal(signal.SIGSTOP)
            self.wait(0.01)

    def wait(self, seconds):
        """Sleeps until a child ends, somebody wants us to stop, or the time is up."""
        got = signal.sigtimedwait([signal.SIGCHLD, signal.SIGTERM], max(0.0, seconds))
        if got and got.si_signo == signal.SIGTERM:
            self.terms += 1
        self.reap()

    def reap(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                self.childless = True
                return
            if pid == 0:
                self.childless = False
                return
            if pid == self.child:
                self.status = status

    # -- find

    def descendants(self):
        """Everything below us, and whatever carries the marks of this run should it have slipped away."""
        table = processes()
        me = os.getpid()
        table.pop(me, None)
        known = {p.pid: self.is_marked(p) for p in table.values()}
        for p in table.values():
            chain = []
            at = p
            while at is not None and not known[at.pid] and at.parent != me and len(chain) < len(table):
                chain.append(at.pid)
                at = table.get(at.parent)
            if at is not None and (known[at.pid] or at.parent == me):
                known.update(dict.fromkeys(chain + [at.pid], True))
        return [p for p in table.values() if known[p.pid]]

    def is_marked(self, p):
        return self.mark in read("/proc/%d/environ" % p.pid) + b"\0" or self.is_master(p)

    def is_master(self, p):
        """An ssh connection of this run. Its title overwrites its environment but shows the control path."""
        return (self.control is not None and p.name in SSH
                and self.control in read("/proc/%d/cmdline" % p.pid).replace(b"\0", b" "))

    def remote_commands(self):
        """How many ssh sessions without a terminal are at work (Ansible's pipelining): the end of the connection ends
        a command that has a terminal and nobody else. An ssh below another one, or below sftp, only carries its data."""
        table = {p.pid: p for p in self.descendants()}
        found = 0
        for p in table.values():
            above = table.get(p.parent)
            if p.name != b"ssh" or (above is not None and above.name in CARRIED):
                continue
            argv = read("/proc/%d/cmdline" % p.pid).split(b"\0")
            found += not argv[0].startswith(b"ssh: ") and b"-tt" not in argv  # the first is a master
        return found

    def signal_all(self, number):
        for p in self.descendants():
            p.signal(number)
            if number != signal.SIGKILL:
                p.signal(signal.SIGCONT)  # one that is stopped would not hear it

    # -- end

    def stop(self, why):
        """INT lets Ansible clean up its temporary files, TERM is understood by the rest, KILL is the end."""
        grace = self.spec["grace"]
        begun = time.monotonic()
        termed = False
        self.remote = self.remote_commands()
        self.signal_all(signal.SIGINT)
        self.wait(0)
        while self.terms < 2 and not self.lease.is_over():  # told twice, it is urgent
            spent = time.monotonic() - begun
            if self.childless or spent >= grace:
                break
            # Once Ansible itself is gone, whoever is left did not listen to INT and will not.
            if not termed and (spent >= grace / 2 or self.status is not None):
                self.signal_all(signal.SIGTERM)
                termed = True
            self.wait(min(LOOK, grace - spent))
        left, error = self.reach_end(self.descendants)
        return why, left, error

    def stop_at_once(self, why):
        """Another node may begin soon, so there is no time for the usual grace."""
        self.remote = self.remote_commands()
        self.signal_all(signal.SIGTERM)
        limit = time.monotonic() + LEASE_GRACE
        self.wait(0)
        while not self.childless and time.monotonic() < limit:
            self.wait(LOOK)
        left_over, error = self.reach_end(self.descendants)
        return why, left_over, error

    def after_end(self):
        """The program ended by itself.

        Its ssh masters would stay for a minute, and what runs on in its session was forgotten: both are ended. A
        process that left the session on purpose (a daemon the play started here, an `async` task with `poll: 0`) is
        the play's result and stays, unless the program was killed: then nothing of it can be trusted.
        """
        if os.WIFSIGNALED(self.status):
            left, error = self.reach_end(self.descendants)
            return "exited", left, error
        limit = time.monotonic() + MASTER_GRACE
        while True:
            masters = [p for p in self.descendants() if self.is_master(p)]
            if not masters or time.monotonic() > limit:
                break
            for p in masters:
                p.signal(signal.SIGTERM)
            self.wait(LOOK / 2)
        left, error = self.reach_end(self.forgotten)
        return "exited", left, error

    def forgotten(self):
        session = os.getsid(0)
        return [p for p in self.descendants() if p.session == session or self.is_master(p)]

    def reach_end(self, whom):
        """Kills until nobody is found any more. Returns how many it took and, should some not die, who."""
        killed = set()
        limit = None
        while True:
            found = whom()
            self.reap()
            # The table is no snapshot: one that forks while we read may be missed. Having no children cannot be.
            if not found and (self.childless or whom != self.descendants):
                return len(killed), None
            limit = limit or time.monotonic() + UNKILLABLE
            killed.update((p.pid, p.ticks) for p in found)
            for p in found:
                p.signal(signal.SIGKILL)
            if found and time.monotonic() > limit:
                names = ", ".join("%d %s" % (p.pid, p.name.decode("ascii", "replace")) for p in found[:5])
                return len(killed), "could not be killed (%d): %s" % (len(found), names)
            self.wait(0.02)

    def unlimit(self, why):
        if self.limits:
            if why == "exited" and self.status != 0:
                signalled = os.WTERMSIG(self.status) if os.WIFSIGNALED(self.status) else None
                self.exceeded = self.limits.exceeded(self.path("output"), signalled)
            self.limits.close()

    def record_end(self, why, left=0, error=None):
        self.reap()
        full = self.status != 0 and is_full(self.directory)  # before the sweep makes room
        self.unlimit(why)
        if self.account:
            os.chmod(self.directory, 0o700)
        for path in self.spec["sweep"]:
            try:
                remove(path)
            except FileNotFoundError:
                pass
            except OSError as e:
                complain(None, "cannot remove %s: %s" % (path, e.strerror))
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        killed = self.status is not None and os.WIFSIGNALED(self.status)
        ended = self.status is not None and not killed
        record = {
            "rc": os.WEXITSTATUS(self.status) if ended else None,
            "signal": os.WTERMSIG(self.status) if killed else None,
            "why": why, "started": self.started, "ended": millis(),
            "cpu": round(usage.ru_utime + usage.ru_stime, 3), "max_rss": usage.ru_maxrss * 1024,
            "left": left, "remote": self.remote, "error": error, "full": full, "limit": self.limits.record(self.exceeded) if self.exceeded else None,
        }
        while True:
            try:
                return write_atomically(self.directory, "exit.json", record)
            except OSError as e:
                # The one record that must not be lost: on a full disk that had no room to reserve, wait for some.
                if e.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                time.sleep(1)


# -- what we are asked for

def load(directory):
    try:
        with open(os.path.join(directory, "spec.json"), "rb") as f:
            spec = json.load(f)
    except OSError as e:
        raise BadSpec("cannot be read: %s" % e.strerror) from None
    except ValueError as e:
        raise BadSpec("is not JSON: %s" % e) from None
    if not isinstance(spec, dict):
        raise BadSpec("is not an object")
    spec.setdefault("control_path", "")
    spec.setdefault("sweep", [])
    spec.setdefault("env_file", "")
    spec.setdefault("user", None)
    spec.setdefault("limits", {})
    spec.setdefault("lease", "")
    must(spec, "run", lambda v: isinstance(v, (int, str)) and not isinstance(v, bool), "a number")
    must(spec, "argv", lambda v: v and is_text_list(v), "a list of texts, the program first")
    must(spec, "env", lambda v: isinstance(v, dict) and is_text_list(list(v) + list(v.values())), "texts by name")
    must(spec, "env_file", lambda v: is_text(v) and (not v or is_below_root(v)), "an absolute path")
    must(spec, "cwd", lambda v: is_text(v) and v.startswith("/"), "an absolute path")
    must(spec, "timeout", lambda v: is_seconds(v) and v > 0, "a number of seconds")
    must(spec, "grace", is_seconds, "a number of seconds")
    must(spec, "control_path", lambda v: is_text(v) and (not v or is_below_root(v)), "an absolute path")
    must(spec, "user", lambda v: v is None or is_user(v), "a name with way, read, own and needs, each a list of absolute paths")
    must(spec, "limits", is_limits, "numbers by memory, cpu, processes and open_files")
    must(spec, "lease", lambda v: is_text(v) and (not v or is_below_root(v)), "an absolute path")
    must(spec, "sweep", lambda v: is_text_list(v) and all(map(is_below_root, v)), "a list of absolute paths")
    return spec


def must(spec, key, fits, what):
    if key not in spec:
        raise BadSpec("has no %s" % key)
    if not fits(spec[key]):
        raise BadSpec("%s is not %s" % (key, what))


def is_text(value):
    return isinstance(value, str) and "\0" not in value


def is_text_list(value):
    return isinstance(value, list) and all(map(is_text, value))


def is_seconds(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def is_user(value):
    return (isinstance(value, dict) and is_text(value.get("name")) and bool(value["name"])
            and all(is_text_list(value.get(k)) and all(map(is_below_root, value[k])) for k in ("way", "read", "own", "needs")))


def is_limits(value):
    return (isinstance(value, dict) and set(value) <= {"memory", "cpu", "processes", "open_files"}
            and all(isinstance(v, int) and not isinstance(v, bool) and v > 0 for v in value.values()))


def is_below_root(path):
    return path.startswith("/") and os.path.normpath(path).strip("/") != ""


# -- the process itself

def complain(directory, message):
    """Says it on standard error and, unless that is the same file, in supervisor.log."""
    line = ("playcall supervisor: %s\n" % message).encode("utf-8", "replace")
    try:
        os.write(2, line)
    except OSError:
        pass
    if directory is None:
        return
    try:
        fd = os.open(os.path.join(directory, "supervisor.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            if not os.path.sameopenfile(fd, 2):
                os.write(fd, line)
        finally:
            os.close(fd)
    except OSError:
        pass


def open_standard_streams():
    """A closed 0, 1 or 2 would be given to the next file we open, and that file then to the program."""
    for fd in (0, 1, 2):
        try:
            os.fstat(fd)
        except OSError:
            os.open("/dev/null", os.O_RDWR)


def let_go_of_parent(directory):
    """Whoever started us may wait for the end of our streams or be gone: keep none of them."""
    null = os.open("/dev/null", os.O_RDWR)
    log = os.open(os.path.join(directory, "supervisor.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((null, 0), (null, 1), (log, 2)):
        os.dup2(source, target)
    os.closerange(3, 4096)


def claim(directory):
    """Of two supervisors that are started for one run only one makes this file. It stays: a run whose supervisor died
    before it could write anything may have been executed, so nobody executes it again."""
    if any(os.path.lexists(os.path.join(directory, name)) for name in ("run.json", "exit.json")):
        return False
    try:
        os.close(os.open(os.path.join(directory, "claim"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return True
    except FileExistsError:
        return False


def own_session():
    """Leaves the session of the parent. The leader of a process group cannot: it hands over to a child and waits."""
    if os.getsid(0) == os.getpid():
        return
    if os.getpgid(0) == os.getpid():
        pid = os.fork()
        if pid:
            _, status = os.waitpid(pid, 0)
            os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
    os.setsid()


def become_reaper(directory):
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0:
            return
        reason = os.strerror(ctypes.get_errno())
    except OSError as e:
        reason = str(e)
    complain(directory, "is no sub-reaper (%s), orphans are found by their environment only" % reason)


def execute(directory, spec, warm):
    run = Supervisor(directory, spec, warm)
    try:
        error = run.start()
        if error:
            run.reach_end(run.descendants)
            run.status = None
            run.record_end("not_started", 0, error)
        else:
            run.record_end(*run.supervise())
    except BaseException:
        # A fault of ours must not leave a run without an owner. There is no honest record to write: without one the
        # gateway calls the run interrupted.
        run.reach_end(run.descendants)
        raise


def main(argv):
    open_standard_streams()
    if len(argv) != 2:
        complain(None, "usage: supervisor.py <run directory>")
        return UNUSABLE
    # As given, not resolved: the gateway looks for this very text in the environment of processes.
    return supervise(os.path.join(os.getcwd(), argv[1]).rstrip("/"))


def supervise(directory, warm=None):
    own_session()
    # Blocked, these two are only ever taken by sigtimedwait: no handler, so no race with one.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD, signal.SIGTERM])
    os.umask(0o077)
    try:
        spec = load(directory)
    except BadSpec as e:
        complain(directory, "%s/spec.json %s" % (directory, e))
        return UNUSABLE
    try:
        if not claim(directory):
            return REFUSED
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # ignored, it would take the exit status away from us
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
            signal.signal(number, signal.SIG_IGN)
        become_reaper(directory)
        reserve(directory, "exit.json")
        if warm:
            warm.claimed(directory)
        let_go_of_parent(directory)
        execute(directory, spec, warm)
        return 0
    except OSError as e:
        complain(directory, "gives up: %s" % e)
        return UNUSABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv))
