"""Has a run executed on another host, and keeps the run directory here as if supervisor.py worked in it.

Usage: python3 -I carrier.py <run directory>. carry.json there says where; docs/run-directory.md describes it. agent.py is what it
sends to the host. It may be killed at any time: the next one goes on after what is in the files.
"""
import base64
import contextlib
import fcntl
import json
import math
import os
import re
import secrets
import select
import shlex
import signal
import subprocess
import sys
import tarfile
import time

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import supervisor

LOOK = 0.1
SILENCE = 30.0  # an agent says something every few seconds
PAUSES = (0.2, 1, 2, 5, 10, 15)  # seconds before a connection is tried again
FIRST_TRIES = 3  # before anything was sent
CANCELLED = 60.0  # seconds after which a run that was cancelled is not waited for, beyond its grace
REMOVAL = 60.0  # seconds for removing the folder on the host; afterwards that is left to the next contact
CHUNK = 1 << 18
NOT_CARRIED = {"events", "claim", "run.json", "exit.json", "cancel", "pause", "carry.json", "carried.json", "carrier.lock",
               "contact", "bundle.tar", "bundle.tar.new", "supervisor.log", "playbook.yml", "spec.json.new"}
SKIPPED = {".git", "__pycache__"}
BOOT = ("import sys;n=int(sys.stdin.buffer.raw.readline());b=b''\nwhile len(b)<n:\n d=sys.stdin.buffer.raw.read(n-len(b))\n if not d:sys.exit()\n b+=d\n"
        "exec(compile(b,'agent','exec'))")
OPTION = "lookup('ansible.builtin.config', '%s', plugin_type='connection', plugin_name='ssh', on_missing='skip')"
CONNECTION = "{{ {%s} | to_json | b64encode }}" % ", ".join("'%s': %s" % pair for pair in {
    "host": "ansible_host | default(ansible_ssh_host | default(inventory_hostname))",
    "port": "ansible_port | default(ansible_ssh_port | default(%s))" % OPTION % "port",
    "user": "ansible_user | default(ansible_ssh_user | default(%s))" % OPTION % "remote_user",
    "key": "ansible_ssh_private_key_file | default(ansible_private_key_file | default(%s))" % OPTION % "private_key_file",
    "password": "ansible_password | default(ansible_ssh_password | default(ansible_ssh_pass | default('')))",
    "kind": "ansible_connection | default('ssh')",
    "python": "ansible_python_interpreter | default('')",
    "args": "ansible_ssh_args | default(%s)" % OPTION % "ssh_args",
    "common": "ansible_ssh_common_args | default(%s)" % OPTION % "ssh_common_args",
    "extra": "ansible_ssh_extra_args | default(%s)" % OPTION % "ssh_extra_args",
    "checked": "ansible_host_key_checking | default(ansible_ssh_host_key_checking | default(%s))" % OPTION % "host_key_checking",
}.items())


BASE64 = re.compile(r"[A-Za-z0-9+/=]+")


class Refused(Exception):
    """Nothing was executed."""


class Lost(Exception):
    """Nobody knows how far it came."""


class Broken(Exception):
    """The connection ended."""


class Carrier:
    def __init__(self, directory):
        self.directory = directory
        self.spec = supervisor.load(directory)
        self.carry = self.load("carry.json")
        self.state = self.load("carried.json") or {"name": "%s-%s" % (self.spec["run"], secrets.token_hex(8)), "seen": False}
        self.save()
        self.started = supervisor.millis()
        self.contact = time.monotonic()  # the last one
        self.cancelled = None  # when that was asked for
        self.terms = 0
        self.asked = set()
        self.ssh = None
        self.answered = False  # by the agent, on this connection

    def path(self, name):
        return os.path.join(self.directory, name)

    def load(self, name):
        with contextlib.suppress(OSError, ValueError), open(self.path(name), "rb") as f:
            return json.load(f)

    def save(self):
        supervisor.write_atomically(self.directory, "carried.json", self.state)

    def record_start(self):
        supervisor.write_atomically(self.directory, "run.json", {
            "pid": os.getpid(), "ticks": supervisor.process(os.getpid()).ticks,
            "boot": supervisor.read("/proc/sys/kernel/random/boot_id").decode().strip(),
            "child": os.getpid(), "started": self.started, "groups": []})

    # -- the whole of it

    def run(self):
        self.record_start()
        if "ended" in self.state:  # an earlier one of us came so far
            return self.finish(self.state["ended"])
        try:
            record = self.carried()
        except Refused as e:
            record = self.record("not_started", str(e))
        except Lost as e:
            record = self.record("lost", str(e))
        self.finish(record)

    def record(self, why, error=None):
        return {"rc": None, "signal": None, "why": why, "started": self.started, "ended": supervisor.millis(), "cpu": 0,
                "max_rss": 0, "left": 0, "remote": 0, "error": error, "full": False, "limit": None}

    def finish(self, record):
        for path in self.spec["sweep"] + [self.path("bundle.tar"), self.path("bundle.tar.new"), self.path("contact")]:
            with contextlib.suppress(OSError):
                supervisor.remove(path)
        supervisor.write_atomically(self.directory, "exit.json", record)

    def carried(self):
        """Its exit record, however often the connection breaks."""
        tries = 0
        while True:
            if not self.state["seen"] and self.is_cancelled():
                return self.record("cancelled")
            said = ""
            try:
                self.connect()
                self.converse()
                return self.state["ended"]
            except Broken as e:
                said = str(e)
            finally:
                self.disconnect()
            if "ended" in self.state and time.monotonic() - self.contact > REMOVAL:
                return self.state["ended"]
            tries = 0 if self.answered else tries + 1
            if not self.state["seen"] and tries >= FIRST_TRIES:
                raise Refused("cannot connect to %s: %s" % (self.carry["host"], said or "no answer"))
            self.give_up_late()
            self.say_contact()
            self.rest(PAUSES[min(tries, len(PAUSES) - 1)])

    def give_up_late(self):
        away = time.monotonic() - self.contact
        late = self.cancelled is not None and time.monotonic() - self.cancelled > CANCELLED + self.spec["grace"]
        if away > self.carry["lost_after"] or (late and away > CANCELLED):
            raise Lost("no contact with %s for %s; the run may go on there" % (self.carry["host"], duration(away)))

    def say_contact(self):
        since = time.strftime("%H:%M:%S UTC", time.gmtime(time.time() - (time.monotonic() - self.contact)))
        with open(self.path("contact"), "w") as f:
            f.write("no contact with %s since %s; the run may go on there" % (self.carry["host"], since))

    def heard(self):
        self.answered = True
        self.contact = time.monotonic()
        with contextlib.suppress(OSError):
            os.unlink(self.path("contact"))

    def rest(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until and not (self.is_cancelled() and not self.state["seen"]):
            self.wait(LOOK)

    def wait(self, seconds):
        if signal.sigtimedwait([signal.SIGTERM], seconds):
            self.terms += 1

    def is_cancelled(self):
        if self.cancelled is None and (self.terms or os.path.exists(self.path("cancel"))):
            self.cancelled = time.monotonic()
        return self.cancelled is not None

    # -- the connection

    def connect(self):
        argv, env = self.command()
        self.errors = open(self.path("tmp/ssh"), "w+b")
        self.ssh = subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                    start_new_session=True, preexec_fn=as_usual)
        self.received = b""
        self.asked = None
        self.connected = time.monotonic()
        self.answered = False
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "agent.py"), "rb") as f:
            agent = f.read()
        sizes = {name: os.path.getsize(self.path(name)) if os.path.exists(self.path(name)) else 0 for name in ("output", "events")}
        self.write(b"%d\n" % len(agent) + agent)
        self.tell(name=self.state["name"], **sizes)

    def disconnect(self):
        if self.ssh is None:
            return
        for stream in (self.ssh.stdin, self.ssh.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.ssh.wait(2)
        if self.ssh.poll() is None:
            self.ssh.kill()
            self.ssh.wait()
        self.errors.close()
        self.ssh = None

    def command(self):
        c = self.resolved()
        if c["kind"] not in ("ssh", "smart", "ansible.builtin.ssh"):
            raise Refused("run_on needs a host that is reached by ssh, and %s is reached by %s" % (self.carry["host"], c["kind"]))
        argv = ["ssh", "-T", "-o", "ControlMaster=no", "-o", "ControlPath=none", "-o", "ConnectTimeout=10",
                "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=4"]
        env = {k: v for k, v in self.spec["env"].items() if not k.startswith(("ANSIBLE_", "PLAYCALL_", "PYTHON"))}
        password = c["password"] or self.common_password()
        if password:
            env.update(SSH_ASKPASS=self.askpass(password), SSH_ASKPASS_REQUIRE="force", DISPLAY="none")
            argv += ["-o", "NumberOfPasswordPrompts=1"]
        else:
            argv += ["-o", "BatchMode=yes"]
        if str(c["checked"]).lower() in ("false", "no", "0"):
            argv += ["-o", "StrictHostKeyChecking=no"]
        for option, value in (("-p", c["port"]), ("-l", c["user"]), ("-i", c["key"])):
            argv += [option, os.path.expanduser(str(value))] if value else []
        for arguments in (c["args"], c["common"], c["extra"]):
            argv += shlex.split(arguments or "")
        python = c["python"] if c["python"].startswith("/") else "python3"
        return argv + ["--", c["host"], "exec %s -I -c %s" % (shlex.quote(python), shlex.quote(BOOT))], env

    def resolved(self):
        """How Ansible would connect; asked once, as it takes a moment and never changes in a run."""
        if getattr(self, "connection", None):
            return self.connection
        env = {k: v for k, v in self.spec["env"].items() if k not in ("PLAYCALL_EVENTS", "ANSIBLE_CALLBACK_PLUGINS")}
        env.update(ANSIBLE_LOAD_CALLBACK_PLUGINS="0", ANSIBLE_STDOUT_CALLBACK="minimal")
        options = ["--playbook-dir=" + os.path.dirname(self.spec["argv"][-1])]
        options += [a for a in self.spec["argv"] if a.startswith("--inventory=")]
        answer = self.asked_for(options, env) or self.asked_by_module(options, env)
        self.connection = json.loads(base64.b64decode(answer))
        return self.connection

    def asked_for(self, options, env):
        """Of Ansible's own classes; None where that is not possible."""
        python = interpreter(self.carry["ansible"])
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reach.py")
        asked = self.ask_ansible([*python, "-B", program, self.carry["ansible"], self.carry["host"], CONNECTION, *options], env) if python else None
        said = asked.stdout.split() if asked and asked.returncode == 0 else []
        return said[-1] if said and BASE64.fullmatch(said[-1]) else None

    def asked_by_module(self, options, env):
        asked = self.ask_ansible([self.carry["ansible"], self.carry["host"], "--module-name=debug", "--args=msg=" + CONNECTION, *options], env)
        found = re.search(r'"msg": "(%s)"' % BASE64.pattern, asked.stdout)
        if asked.returncode or not found:
            lines = [line for line in asked.stdout.splitlines() if line.strip()]
            raise Refused("cannot find out how %s is reached: %s" % (self.carry["host"], lines[-1][:300] if lines else "no answer"))
        return found.group(1)

    def ask_ansible(self, argv, env):
        return subprocess.run(argv, env=env, cwd=self.spec["cwd"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", preexec_fn=as_usual)

    def common_password(self):
        with contextlib.suppress(KeyError, OSError), open(self.spec["env"]["ANSIBLE_CONNECTION_PASSWORD_FILE"]) as f:
            return f.read().strip()

    def askpass(self, password):
        """ssh asks a program; what that says is in a file of the secrets, which are swept."""
        folder = self.path("secrets")
        os.makedirs(folder, 0o700, exist_ok=True)
        for name, text, mode in (("answer", password + "\n", 0o600),
                                 ("askpass", "#!/bin/sh\nexec cat %s\n" % shlex.quote(folder + "/answer"), 0o700)):
            with open(os.path.join(folder, name), "w") as f:
                os.fchmod(f.fileno(), mode)
                f.write(text)
        return os.path.join(folder, "askpass")

    def write(self, data):
        try:
            self.ssh.stdin.write(data)
            self.ssh.stdin.flush()
        except OSError:
            raise self.broken() from None

    def tell(self, data=b"", **message):
        self.write(json.dumps(message).encode("ascii") + b"\n" + data)

    def broken(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.ssh.wait(3)
        self.errors.seek(0)
        lines = [line.strip() for line in self.errors.read().decode("utf-8", "replace").splitlines() if line.strip()]
        last = lines[-1][:300] if lines else ""
        if self.ssh.poll() == 127 and not self.state["seen"]:
            raise Refused("python3 is not installed on %s (apt-get install python3)" % self.carry["host"])
        return Broken(last)

    # -- what is said

    def converse(self):
        while True:
            message = self.message()
            if message is None:
                self.forward()
                continue
            self.heard()
            if self.take(message.pop("is"), message):
                return

    def message(self):
        """The next one; None when a look at the files is due."""
        while b"\n" not in self.received:
            if not self.fill(LOOK):
                if time.monotonic() - max(self.contact, self.connected) > SILENCE:
                    raise Broken("no answer")
                return None
        line, self.received = self.received.split(b"\n", 1)
        message = json.loads(line)
        size = message.get("bytes", 0)
        while len(self.received) < size:
            if not self.fill(SILENCE):
                raise Broken("no answer")
        message["data"], self.received = self.received[:size], self.received[size:]
        return message

    def fill(self, seconds):
        if signal.sigtimedwait([signal.SIGTERM], 0):
            self.terms += 1
        if not select.select([self.ssh.stdout], [], [], seconds)[0]:
            return False
        data = os.read(self.ssh.stdout.fileno(), CHUNK)
        if not data:
            raise self.broken()
        self.received += data
        return True

    def take(self, what, message):
        """Whether that was all."""
        if what in ("output", "events"):
            with open(self.path(what), "ab") as f:
                f.write(message["data"])
        elif what == "absent":
            return self.absent(self.lease_there(message))
        elif what == "alive" and self.spec["lease"]:
            self.tell(do="lease", until=self.lease_there(message))
        elif what == "there" and not self.state["seen"]:
            self.state["seen"] = True
            self.save()
            supervisor.remove(self.path("bundle.tar"))
        elif what in ("ended", "lost"):
            self.end(message["record"] if what == "ended" else self.lost(message["why"]))
        elif what == "refused":
            raise (Lost if self.state["seen"] else Refused)(message["why"])
        return what == "removed"

    def lease_there(self, message):
        """The lease of this machine by the clock of the host, which was read before its message was sent: so it never ends later."""
        left = supervisor.lease_left(self.spec["lease"]) or 0
        return None if left == math.inf else message["uptime"] + left

    def lost(self, why):
        return self.record("lost", "the process that ran Ansible on %s ended without a record%s; check the hosts before you retry:"
                           " how far it came is unknown" % (self.carry["host"], " (%s)" % why if why else ""))

    def end(self, record):
        self.state["ended"] = record
        self.save()
        self.tell(do="remove")

    def absent(self, lease):
        if not self.state["seen"] and self.is_cancelled():
            self.state["ended"] = self.record("cancelled")
        if "ended" in self.state:
            return True
        if self.state["seen"]:
            raise Lost("the folder of the run no longer exists on %s; how far it came is unknown" % self.carry["host"])
        bundle = self.bundle()
        self.tell(do="unpack", bytes=os.path.getsize(bundle), folder=self.directory, control=self.spec["control_path"],
                  roots=self.carry["places"], supervisor=self.carry["supervisor"], own=self.carry["own"], venv=self.carry["venv"], host=self.carry["host"], lease=lease)
        with open(bundle, "rb") as f:
            for data in iter(lambda: f.read(CHUNK), b""):
                self.write(data)
        return False

    def bundle(self):
        """All that the run is made of. It is made once: what is sent again is the same."""
        path = self.path("bundle.tar")
        if os.path.exists(path):
            return path
        with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for root in self.carry["roots"]:
                    add(archive, root, "root" + root, self.carry["without"])
                for name in sorted(set(os.listdir(self.directory)) - NOT_CARRIED):
                    add(archive, self.path(name), name, ())
        os.rename(path + ".new", path)
        return path

    def forward(self):
        if not self.state["seen"]:
            return
        wanted = {"cancel"} if self.is_cancelled() else set()
        if os.path.exists(self.path("pause")):
            wanted.add("pause")
        # What ended while there was no connection has not been told: with a new one, all is said again.
        before = {"pause"} - wanted if self.asked is None else self.asked
        for what in wanted - before:
            self.tell(do=what)
        if "pause" in before - wanted:
            self.tell(do="resume")
        self.asked = wanted


def interpreter(program):
    """The Python that executes a program, with its option."""
    with contextlib.suppress(OSError), open(program, "rb") as f:
        found = re.match(r"#!\s*(/\S*/python[\d.]*)(?: +(\S+))?\s*$", f.readline(127).decode("utf-8", "replace"))
        return [word for word in found.groups() if word] if found else None
    return None


def as_usual():
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


def add(archive, path, name, without):
    """With links as they are where they lead to a place beside them, and as what they lead to otherwise."""
    if path in without or os.path.basename(path) in SKIPPED or not os.path.exists(path):
        return
    if os.path.islink(path) and (os.path.isabs(os.readlink(path)) or os.readlink(path).startswith("..")):
        path = os.path.realpath(path)
    if os.path.isdir(path) and not os.path.islink(path):
        archive.add(path, name, recursive=False)
        for entry in sorted(os.listdir(path)):
            add(archive, os.path.join(path, entry), name + "/" + entry, without)
    elif os.path.islink(path) or os.path.isfile(path):
        archive.add(path, name)


def duration(seconds):
    return "%d min" % (seconds // 60) if seconds >= 60 else "%d s" % seconds


def main(argv):
    supervisor.open_standard_streams()
    directory = os.path.join(os.getcwd(), argv[1]).rstrip("/")
    supervisor.own_session()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    os.umask(0o077)
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    try:
        supervisor.let_go_of_parent(directory)
        lock = open(os.path.join(directory, "carrier.lock"), "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return supervisor.REFUSED
        if os.path.exists(os.path.join(directory, "exit.json")):
            return supervisor.REFUSED
        Carrier(directory).run()
        return 0
    except supervisor.BadSpec as e:
        supervisor.complain(directory, "%s/spec.json %s" % (directory, e))
    except OSError as e:
        supervisor.complain(directory, "gives up: %s" % e)
    return supervisor.UNUSABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv))
