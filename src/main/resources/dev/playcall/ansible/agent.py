"""Works on the host that executes a run for the gateway. carrier.py sends it through ssh and talks to it on stdin and stdout.

It unpacks what the run is made of into ~/.playcall/runs/<name>, starts supervisor.py there and sends what the run writes. It may
end at any time: the supervisor goes on, and the next agent sends the rest. A message is a line of JSON; "bytes" in it says how
many follow.
"""
import contextlib
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time

RUNS = pathlib.Path.home() / ".playcall" / "runs"
LOOK = 0.1  # seconds between two looks at the files
ALIVE = 5.0  # seconds between two signs of life
CHUNK = 1 << 18
START = 20.0  # seconds a supervisor may take to its first record
KEPT = 7 * 24 * 3600  # what a gateway never came back for is removed after this
OF_THE_HOST = ("HOME", "USER", "LOGNAME", "TZ", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
REWRITTEN = ("ansible.cfg", "registered.json", "environment.json", "secrets/ssh_config", "secrets/registered.json")
FILES = ("output", "events")
TRUSTED = {"filter": "fully_trusted"} if hasattr(tarfile, "fully_trusted_filter") else {}
SSH = ("ssh", "sftp", "scp", "sshpass")


class Refused(Exception):
    pass


class Gone(Exception):
    """The gateway's end of the connection is closed."""


# -- messages

def say(what, data=b"", **more):
    message = dict(more, **{"is": what})
    if data:
        message["bytes"] = len(data)
    view = memoryview(json.dumps(message).encode("ascii") + b"\n" + data)
    while view:
        view = view[os.write(1, view):]


class Input:
    def __init__(self):
        self.rest = b""

    def fill(self):
        data = os.read(0, CHUNK)
        if not data:
            raise Gone()
        self.rest += data

    def message(self):
        while b"\n" not in self.rest:
            self.fill()
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def wait(self, seconds):
        """The next message, if one comes within this time."""
        if b"\n" not in self.rest:
            if not select.select([0], [], [], seconds)[0]:
                return None
            self.fill()
        return self.message() if b"\n" in self.rest else None

    def read(self, count):
        """As a file has it."""
        if not self.rest:
            self.fill()
        part, self.rest = self.rest[:count], self.rest[count:]
        return part


def uptime():
    return float(read("/proc/uptime").split()[0])


def prolong(folder, until):
    """Until when the supervisor here may work on the run, in seconds of the uptime of this host."""
    draft = folder / "lease.new"
    boot = read("/proc/sys/kernel/random/boot_id").decode().strip()
    draft.write_text(json.dumps({"boot": boot, "until": until}))
    draft.rename(folder / "lease")


class Part:
    """So many bytes of the input, as a file."""

    def __init__(self, source, size):
        self.source, self.left = source, size

    def read(self, count=-1):
        count = self.left if count < 0 else min(count, self.left)
        parts = []
        while count:
            part = self.source.read(count)
            parts.append(part)
            count -= len(part)
            self.left -= len(part)
        return b"".join(parts)


# -- files

def load(path):
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def remove(path):
    with contextlib.suppress(OSError):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def sweep(folder):
    for path in (load(folder / "spec.json") or {}).get("sweep", []):
        remove(pathlib.Path(path))


def is_alive(folder):
    """Whether its supervisor works; None while it has written nothing."""
    record = load(folder / "run.json")
    if record is None:
        return None
    stat = read("/proc/%d/stat" % record["pid"])
    fields = stat[stat.rfind(b")") + 2:].split()
    return (len(fields) > 19 and fields[0] not in b"ZX" and int(fields[19]) == record["ticks"]
            and read("/proc/sys/kernel/random/boot_id").decode().strip() == record["boot"])


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        return b""


def sweep_others(own):
    """A host that was switched off in a run still has its secrets; and what no gateway came back for need not stay."""
    for folder in RUNS.iterdir():
        if folder.name in (own, ".new-" + own):
            continue
        with contextlib.suppress(OSError):
            age = time.time() - folder.stat().st_mtime
            draft = folder.name.startswith(".new-")
            is_over = (folder / "exit.json").exists() or is_alive(folder) is False
            if is_over:
                sweep(folder)
            if age > (3600 if draft else KEPT) and (draft or is_over or not is_alive(folder)):
                remove(folder)


# -- the run

class Run:
    def __init__(self, opening):
        self.name = opening["name"]
        if not re.fullmatch(r"[0-9]+-[0-9a-f]{16}", self.name):
            raise Refused("the name of a run is a number and 16 digits")
        self.folder = RUNS / self.name
        self.offsets = {name: opening[name] for name in FILES}
        self.begun = time.monotonic()
        self.supervisor = None

    def unpack(self, source, request):
        draft = RUNS / (".new-" + self.name)
        remove(draft)
        try:
            draft.mkdir(mode=0o700)
            part = Part(source, request["bytes"])
            with tarfile.open(fileobj=part, mode="r|") as archive:
                for member in archive:
                    if member.name.startswith("/") or ".." in member.name.split("/"):
                        raise Refused("the archive of the run names a file outside of it: " + member.name)
                    member.uid, member.gid, member.uname, member.gname = os.getuid(), os.getgid(), "", ""
                    archive.extract(member, draft, **TRUSTED)
            part.read()
            self.rewrite(draft, request)
            draft.rename(self.folder)
        except BaseException:
            remove(draft)
            raise

    def rewrite(self, draft, request):
        """What names a place on the gateway's machine names the one where that is here."""
        here = str(self.folder)
        program = load(draft / "spec.json")["argv"][0]
        if program.startswith("/") and not os.access(program, os.X_OK):
            raise Refused("%s no longer exists on %s" % (request["venv"], request["host"]))
        control = tempfile.mkdtemp(prefix="pc-")
        places = {root: here + "/root" + root for root in request["roots"]}
        places.update({request["folder"]: here, request["control"]: control})
        if request["own"]:
            places[request["own"]] = os.path.realpath(request["own"])  # its name may lead to another one soon
        pattern = re.compile("(%s)(?![A-Za-z0-9_.-])" % "|".join(re.escape(p) for p in sorted(places, key=len, reverse=True)))

        def moved(value):
            if isinstance(value, str):
                return pattern.sub(lambda m: places[m.group(1)], value)
            if isinstance(value, list):
                return [moved(v) for v in value]
            return {k: moved(v) for k, v in value.items()} if isinstance(value, dict) else value

        for name in REWRITTEN:
            path = draft / name
            if path.is_file():
                path.write_text(moved(path.read_text(encoding="utf-8", errors="surrogateescape")),
                                encoding="utf-8", errors="surrogateescape")
        spec = moved(load(draft / "spec.json"))
        spec.pop("user", None)
        if spec.get("lease"):
            spec["lease"] = here + "/lease"
            prolong(draft, request["lease"])
        spec["sweep"].append(here + "/root")  # playbooks and inventories may hold passwords
        self.environment(spec["env"])
        cwd = spec["cwd"]
        (draft / cwd[len(here) + 1:] if cwd.startswith(here + "/") else draft).mkdir(parents=True, exist_ok=True)
        (draft / "tmp").mkdir(exist_ok=True)
        (draft / "supervisor").write_text(moved(request["supervisor"]))
        (draft / "spec.json").write_text(json.dumps(spec))

    @staticmethod
    def environment(env):
        own = env.get("VIRTUAL_ENV")
        for name in OF_THE_HOST + ("SSH_AUTH_SOCK",):
            env.pop(name, None)
        env.update({name: os.environ[name] for name in OF_THE_HOST if name in os.environ})
        env["PATH"] = ":".join(([own + "/bin"] if own else []) + [os.environ.get("PATH", ""), "/usr/local/bin:/usr/bin:/bin"])

    def start(self):
        """Harmless where one works already: a run is claimed once."""
        if (self.folder / "claim").exists():
            return
        log = open(self.folder / "supervisor.log", "ab")
        self.supervisor = subprocess.Popen(
            [sys.executable, "-I", (self.folder / "supervisor").read_text(), str(self.folder)], cwd=str(self.folder),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"})

    def ask(self, message):
        what = message["do"]
        if what == "resume":
            remove(self.folder / "pause")
        elif what == "lease":
            prolong(self.folder, message["until"])
        elif what in ("cancel", "pause"):
            (self.folder / what).touch(mode=0o600)

    def send(self):
        for name in FILES:
            with contextlib.suppress(FileNotFoundError), open(self.folder / name, "rb") as file:
                file.seek(self.offsets[name])
                while True:
                    data = file.read(CHUNK)
                    if not data:
                        break
                    say(name, data)
                    self.offsets[name] += len(data)

    def is_lost(self):
        alive = is_alive(self.folder)
        if alive is not None:
            return not alive
        if self.supervisor is not None and self.supervisor.poll() not in (None, 3):
            return True
        return time.monotonic() - self.begun > START

    def follow(self, source):
        heard = 0.0
        while True:
            # The end first: what was written before it is then certainly there to be sent.
            record = load(self.folder / "exit.json")
            lost = record is None and self.is_lost() and not (self.folder / "exit.json").exists()
            self.send()
            if record is not None:
                return say("ended", record=record)
            if lost:
                self.end_orphans()
                return say("lost", why=read(self.folder / "supervisor.log").decode("utf-8", "replace").strip()[-300:])
            if time.monotonic() - heard > ALIVE:
                heard = time.monotonic()
                say("alive", uptime=uptime())
            message = source.wait(LOOK)
            if message:
                self.ask(message)

    def end_orphans(self):
        """A supervisor that was killed leaves its Ansible behind."""
        control = (load(self.folder / "spec.json") or {}).get("control_path", "")
        mark = b"PLAYCALL_RUN_DIR=" + os.fsencode(str(self.folder)) + b"\0"
        for _ in range(20):
            found = [int(p) for p in os.listdir("/proc") if p.isdigit() and int(p) != os.getpid()
                     and (mark in read("/proc/%s/environ" % p) + b"\0"
                          or (control and read("/proc/%s/comm" % p).decode().strip() in SSH
                              and os.fsencode(control + "/") in read("/proc/%s/cmdline" % p)))]
            for pid in found:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            if not found:
                break
            time.sleep(0.05)
        sweep(self.folder)


def main():
    os.umask(0o077)
    source = Input()
    opening = source.message()
    try:
        RUNS.mkdir(mode=0o700, parents=True, exist_ok=True)
        run = Run(opening)
        sweep_others(run.name)
        if not run.folder.is_dir():
            say("absent", uptime=uptime())
            request = source.message()
            if request["do"] != "unpack":
                return
            run.unpack(source, request)
        say("there")
        run.start()
        run.follow(source)
        while source.message()["do"] != "remove":
            pass
        shutil.rmtree(run.folder)
        say("removed")
    except (Gone, BrokenPipeError):
        pass
    except Refused as e:
        say("refused", why=str(e))
    except OSError as e:
        say("refused", why="%s: %s" % (e.strerror or e, e.filename or RUNS))


signal.signal(signal.SIGHUP, signal.SIG_IGN)
main()
