"""Works one run with several Ansible processes, each over hosts of its own, as if it were one: one output, one file of events, one recap.

Usage: python3 -I slices.py <how many> <ansible-playbook> <argument> ...

The supervisor executes it in place of ansible-playbook. The first process says how the hosts are divided, or why they cannot
be (slicing.py); then this program becomes an ordinary ansible-playbook. The lines: docs/run-directory.md.
"""
import fcntl
import importlib.util
import json
import os
import re
import selectors
import signal
import subprocess
import sys

LOOK = 0.1  # seconds between two looks whether a process has ended
PIECE = 1 << 16
RECAP = re.compile(rb"^PLAY RECAP \*+")
RECAP_LINE = re.compile(rb"^(\S+)\s+: ok=\d+\s+changed=\d+")
ERROR = re.compile(r"^\s*(?:ERROR!|\[ERROR\]:?)\s*(.*)")
MILD = {0: 0, 2: 1, 4: 2, 99: 3, 1: 4}  # exit codes in the order of how bad they are; any other is worse


class Lines:
    """Whole lines of what comes in pieces."""

    def __init__(self):
        self.rest = b""

    def take(self, data):
        *whole, self.rest = (self.rest + data).split(b"\n")
        return whole

    def last(self):
        rest, self.rest = self.rest, b""
        return [rest] if rest else []


class Slice:
    def __init__(self, number, argv, env, directory):
        self.number = number
        self.hosts = []
        self.status = None  # return code, below 0 for a signal
        self.stats = None
        self.recap = {}
        self.in_recap = False
        self.error = ""
        self.tasks = {}  # its number of a task: the number that the task has in the run
        self.met = {}  # how often it has described the same line of a playbook
        self.said, self.told = Lines(), Lines()
        self.fifo = os.path.join(directory, "events.%d" % number)
        os.mkfifo(self.fifo, 0o600)
        self.events = os.open(self.fifo, os.O_RDWR | os.O_NONBLOCK)  # with a writer of its own it never ends
        self.mark = b"PLAYCALL_SLICE=%d" % number
        env = dict(env, PLAYCALL_EVENTS=self.fifo, PLAYCALL_SLICE=str(number))
        self.process = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = self.process.stdout.fileno()
        fcntl.fcntl(self.output, fcntl.F_SETFL, fcntl.fcntl(self.output, fcntl.F_GETFL) | os.O_NONBLOCK)

    def has_ended(self):
        self.status = self.process.poll()
        return self.status is not None

    def is_lost(self):
        return self.stats is None

    def close(self):
        os.close(self.events)
        os.unlink(self.fifo)
        self.process.stdout.close()


def read(fd):
    """All that is there now; None at the end."""
    parts = []
    while True:
        try:
            part = os.read(fd, PIECE)
        except BlockingIOError:
            return b"".join(parts)
        if not part:
            return b"".join(parts) or None
        parts.append(part)
        if len(part) < PIECE:
            return b"".join(parts)


def beside(name):
    """A module of ours: the folder of this program is not searched for any."""
    file = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".py")
    spec = importlib.util.spec_from_file_location("playcall_" + name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


event_file = beside("event_file")


class SlicedRun:
    def __init__(self, count, argv):
        self.count = count
        self.argv = argv
        self.env = dict(os.environ)
        self.directory = os.environ["ANSIBLE_LOCAL_TEMP"]
        self.events = None
        self.numbers = {}  # by line of a playbook and how often it was met: the number of the task
        self.time = 0
        self.divided = False
        self.before = []  # what the first one said until the hosts were divided,
        self.first = []  # and its events
        self.slices = []
        self.stopped = False
        self.selector = selectors.DefaultSelector()

    def work(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        self.start(self.own_share())
        while any(s.status is None for s in self.slices):
            ready = self.selector.select(LOOK)
            self.take(ready)
            for s in self.slices:
                if s.status is None and s.has_ended():
                    self.drain(s)
                    self.ended(s)
        return self.end()

    def stop(self, *_):
        """Whoever stops us tells the slices as well; what they still say is not lost."""
        self.stopped = True

    # -- start

    def own_share(self):
        """Hosts at a time are those of the run, whichever slice they are in."""
        def divided(argument):
            name, _, value = argument.partition("=")
            return "%s=%d" % (name, -(-int(value) // self.count)) if name == "--forks" else argument
        return [divided(a) for a in self.argv]

    def start(self, argv, hosts=()):
        env = self.env if self.slices else dict(self.env, PLAYCALL_SLICES=str(self.count))
        one = Slice(len(self.slices) + 1, argv, env, self.directory)
        one.hosts = list(hosts)
        self.slices.append(one)
        self.selector.register(one.output, selectors.EVENT_READ, one)
        self.selector.register(one.events, selectors.EVENT_READ, one)

    def start_others(self, shares):
        self.divided = True
        self.slices[0].hosts = shares[0]
        sizes = sorted({len(s) for s in shares}, reverse=True)
        self.write(b"Ansible runs in %d slices with %s %s.\n" % (
            len(shares), b" or ".join(b"%d" % n for n in sizes), b"host each" if sizes == [1] else b"hosts each"))
        before, self.before = self.before, []
        for data in before:
            self.write(data)
        for hosts in shares[1:]:
            if self.stopped:
                return
            limit = os.path.join(self.directory, "slice.%d" % (len(self.slices) + 1))
            with open(limit, "w", encoding="utf-8") as f:
                f.write("\n".join(hosts) + "\n")
            *options, playbook = [a for a in self.own_share() if not a.startswith("--limit=")]
            self.start(options + ["--limit=@" + limit, playbook], hosts)

    def become_one(self, why):
        """Nothing was done yet, and nothing but this line told."""
        self.slices[0].process.wait()
        self.slices[0].close()
        self.write(b"Ansible runs in one slice: %s.\n" % why.encode())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        if self.stopped:
            sys.exit(99)
        os.execvpe(self.argv[0], self.argv, dict(self.env, PLAYCALL_ONE_SLICE=why))

    # -- what they say

    def take(self, ready):
        """Output is read before events and shown after them: what was said after the hosts were divided is then known to be."""
        said = [(key.data, read(key.fd)) for key, _ in ready if key.fd == key.data.output]
        self.tell([(s, line) for s in self.slices if s.status is None for line in s.told.take(read(s.events) or b"")])
        for s, data in said:
            if data is None:
                self.selector.unregister(s.output)
            else:
                self.say(s, s.said.take(data))

    def drain(self, s):
        for fd in (s.output, s.events):
            if fd in self.selector.get_map():
                self.selector.unregister(fd)
        said = s.said.take(read(s.output) or b"") + s.said.last()
        self.tell([(s, line) for line in s.told.take(read(s.events) or b"")])
        self.say(s, said)
        s.close()

    def say(self, s, lines):
        text = b"".join(part for part in (self.marked(s, line) for line in lines) if part)
        if self.divided or not text:
            self.write(text)
        else:
            self.before.append(text)

    def marked(self, s, line):
        if RECAP.match(line):
            s.in_recap = True
            return b""
        if s.in_recap:
            host = RECAP_LINE.match(line)
            if host:
                s.recap[host.group(1)] = line
            if host or not line.strip():
                return b""
        error = ERROR.match(line.decode("utf-8", "replace"))
        s.error = error.group(1)[:500] if error else s.error
        return (b"[slice %d] " % s.number if self.divided and line.strip() else b"") + line + b"\n"

    def write(self, data):
        while data:
            try:
                data = data[os.write(1, data):]
            except OSError as e:
                if e.errno not in event_file.NO_ROOM:
                    raise
                return  # a full disk costs lines, as it costs Ansible

    def tell(self, lines):
        told = []
        for s, line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # torn; the gap is told
            told.append((s, event))
        told.sort(key=lambda e: e[1].get("t", 0))
        for s, event in told:
            self.one(s, event)

    def one(self, s, event):
        e = event.get("e")
        self.time = max(self.time, event.get("t", 0))
        if e == "slices":
            if event["count"] < 2:
                self.become_one(event["why"])
            self.emit("slices", count=event["count"])
            self.flush_first()
            self.start_others(event["hosts"])
        elif e == "stats":
            s.stats = event
        elif e == "start":
            self.first += [event] if s.number == 1 else []
        elif e == "task" and not self.describe(s, event):
            return
        else:
            if "k" in event:
                event["k"] = s.tasks.get(event["k"], event["k"])
            if e == "play":
                event["slice"] = s.number
            self.flush_first()
            self.add(event)

    def flush_first(self):
        """With the hosts at a time that all slices have together."""
        first, self.first = self.first, []
        forks = [int(a[len("--forks="):]) for a in self.argv if a.startswith("--forks=")]
        for event in first:
            self.add(dict(event, forks=forks[0]) if forks else event)

    def describe(self, s, event):
        """Whether this task is met for the first time. Slices meet the same tasks, each in a numbering of its own."""
        line = (event.get("p"), event.get("path"), event.get("name"), event.get("action"), event.get("handler"))
        s.met[line] = s.met.get(line, 0) + 1
        key = line + (s.met[line],)
        new = key not in self.numbers
        s.tasks[event["k"]] = self.numbers.setdefault(key, len(self.numbers) + 1)
        return new

    def emit(self, e, **fields):
        self.add(dict(t=self.time, e=e, **fields))

    def add(self, event):
        self.file().add(event)

    def add_last(self, event):
        self.file().add_last(event)

    def file(self):
        if self.events is None:
            self.events = event_file.EventFile(self.env["PLAYCALL_EVENTS"])
        return self.events

    # -- end

    def ended(self, s):
        if self.stopped:
            return
        if s.status < 0:
            self.end_leftovers(s)
        if s.is_lost() and self.divided:
            signal_number = -s.status if s.status < 0 else None
            self.emit("slice_lost", slice=s.number, of=len(self.slices), hosts=len(s.hosts), signal=signal_number,
                      rc=None if signal_number else s.status, msg=s.error)
            for host in s.hosts:
                self.emit("unfinished", h=host)
            self.write(b"[slice %d] ansible-playbook %s\n" % (
                s.number, b"was killed by signal %d" % signal_number if signal_number
                else b"stopped before the end with exit code %d" % s.status))

    def end_leftovers(self, s):
        """Of a process that was killed, what it had started goes on and has no owner."""
        of_run = b"PLAYCALL_RUN_DIR=" + os.fsencode(self.env.get("PLAYCALL_RUN_DIR", "")) + b"\0"
        for _ in range(100):
            found = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if is_of(pid, s.mark + b"\0", of_run)]
            for pid in found:
                try:
                    os.kill(pid, signal.SIGKILL)
                except OSError:
                    pass
            if not found:
                return

    def end(self):
        if not self.divided:
            self.flush_first()
            for data in self.before:
                self.write(data)
        recap = dict(pair for s in self.slices for pair in s.recap.items())
        if recap:
            self.write(b"\nPLAY RECAP " + b"*" * 69 + b"\n" + b"".join(recap[h] + b"\n" for h in sorted(recap)) + b"\n")
        stats = [s.stats for s in self.slices if not s.is_lost()]
        if stats and not self.stopped and self.divided:
            sums = {k: sum(one[k] for one in stats) for k in ("hosts", "failed", "unreachable", "changed")}
            self.add_last(dict(sums, t=self.time, e="stats"))
        elif stats and not self.divided:
            self.add_last(stats[0])
        killed = [-s.status for s in self.slices if s.status < 0]
        if killed and not stats and not self.stopped:
            signal.signal(killed[0], signal.SIG_DFL) if killed[0] != signal.SIGKILL else None
            os.kill(os.getpid(), killed[0])
        return 99 if self.stopped else max((s.status if s.status >= 0 else 128 - s.status for s in self.slices), key=lambda c: (MILD.get(c, 9), c))


def is_of(pid, *marks):
    try:
        with open("/proc/%d/stat" % pid, "rb") as f:
            gone = f.read().rpartition(b")")[2].split()[0] in (b"Z", b"X")
        with open("/proc/%d/environ" % pid, "rb") as f:
            environment = b"\0" + f.read() + b"\0"
    except OSError:
        return False
    return not gone and all(b"\0" + mark in environment for mark in marks)


if __name__ == "__main__":
    sys.exit(SlicedRun(int(sys.argv[1]), sys.argv[2:]).work())
