"""Makes Python environments on a host and removes them: <root>/.store/<requirements>, and a link <root>/<name> to each.

Playcall adds a call of main with the request, and python3 reads all of it from its standard input. `check` makes a folder for what
`build` needs, bundle.zip, and says its name; `build` removes it. What it says on stdout is read by Playcall, a line each; where it
fails the last line of stderr says why. An environment knows where it lies, so it is made in its place; its mark is written last, and
what has none is removed. One at a time works in a store.
"""
import contextlib
import fcntl
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

MARK = ".playcall.json"
VERSION = "%d.%d" % sys.version_info[:2]
STALE = 24 * 3600
NOT_CONNECTED = re.compile(r"Failed to establish a new connection: \[Errno -?\d+] ([A-Za-z ]+)"
                           r"|Tunnel connection failed: [\w ]+|certificate verify failed|Read timed out|Connect(?:ion)? timed out"
                           r"|(?:failed to lookup address information|tcp connect error): ([A-Za-z ]+)")
TELLING = ("ERROR: No matching", "ERROR! ", "ERROR: ", "[ERROR]: ", "Error: ", "error: ")
REASON_OF_UV = "\u2570\u2500\u25b6 "  # the lines below it belong to it
UV = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}


class Refused(Exception):
    pass


class Store:
    def __init__(self, request):
        self.request = request
        self.root = pathlib.Path(os.path.expanduser(request["root"])).absolute()
        self.store = self.root / ".store"
        # Another Python needs other packages, so it is another environment.
        same = request.get("locked_python") in (None, "", VERSION)
        self.requirements = request.get("requirements", "") + ("" if same else "-py" + VERSION)
        self.is_exact = same
        self.uv = find_uv(request.get("offline", False))

    @contextlib.contextmanager
    def locked(self):
        self.store.mkdir(parents=True, exist_ok=True)
        with open(self.root / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def numbers(self):
        """The folders of these requirements, the newest first."""
        found = {}
        for path in self.store.glob("*"):
            match = re.fullmatch(re.escape(self.requirements) + r"(?:\+(\d+))?", path.name)
            if match:
                found[int(match.group(1) or 1)] = path
        return [(n, found[n]) for n in sorted(found, reverse=True)]

    def whole(self):
        return next((path for _, path in self.numbers() if (path / MARK).is_file()), None)

    def clear(self, bundle):
        for path in self.store.glob("*"):
            if path.is_dir() and not (path / MARK).is_file():
                shutil.rmtree(path)
        for path in self.root.glob(".incoming-*"):
            if path != bundle and time.time() - path.stat().st_mtime > STALE:
                shutil.rmtree(path, ignore_errors=True)

    def link(self, path):
        draft = self.root / (".new-" + str(os.getpid()))
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
        draft.symlink_to(os.path.relpath(path, self.root))
        draft.replace(self.root / self.request["name"])

    def check(self):
        asked = self.request["python"]
        if not allows(asked):
            raise Refused("it needs Python %s, and this host has %s" % (asked, VERSION))
        if self.whole() and not self.request["force"]:
            self.build(None)
            return
        if not self.uv and subprocess.run([sys.executable, "-I", "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL).returncode:
            raise Refused("python3 cannot make environments on this host (apt-get install python3-venv)")
        there = next(p for p in [self.store, *self.store.parents] if p.exists())
        free = shutil.disk_usage(there).free
        if free < self.request["space"]:
            raise Refused("only %d MB are free in %s, and an environment takes about %d MB"
                          % (free >> 20, self.root, self.request["space"] >> 20))
        if not self.root.exists():
            self.root.mkdir(parents=True)
            self.root.chmod(0o755)
        print("absent " + tempfile.mkdtemp(prefix=".incoming-", dir=self.root))

    def build(self, bundle):
        with self.locked():
            path = self.whole()
            is_new = path is None or self.request["force"]
            if is_new:
                if bundle is None:
                    raise Refused("it has just been removed")
                self.clear(bundle)
                number = max([n for n, _ in self.numbers()], default=0) + 1
                path = self.store / (self.requirements + ("" if number == 1 else "+%d" % number))
                try:
                    self.make(path, bundle)
                except BaseException:
                    shutil.rmtree(path, ignore_errors=True)
                    raise
            self.link(path)
            self.report(path, is_new)

    def make(self, path, carried):
        if self.uv:
            run("uv venv", [self.uv, "venv", "--python", sys.executable, str(path)], UV, "/")
        else:
            run("python3 -m venv", [sys.executable, "-I", "-m", "venv", str(path)])
        bundle = path / ".bundle"
        with zipfile.ZipFile(carried / "bundle.zip") as archive:
            archive.extractall(bundle)
        self.packages(path, bundle)
        self.collections(path, bundle)
        self.pip("pip check", path, "check")
        home = {"ANSIBLE_LOCAL_TEMP": str(path / ".tmp"), "ANSIBLE_HOME": str(path / ".tmp")}
        run("ansible-playbook --version", [str(path / "bin" / "ansible-playbook"), "--version"], home)
        shutil.rmtree(bundle)
        shutil.rmtree(path / ".tmp", ignore_errors=True)
        mark = {"python": VERSION, "installed": int(time.time()), "size": size(path)}
        draft = path / (MARK + ".new")
        draft.write_text(json.dumps(mark))
        draft.replace(path / MARK)

    def pip(self, name, path, command, *options):
        python = str(path / "bin" / "python")
        if self.uv:
            run("uv " + name, [self.uv, "pip", command, "--python", python, *options], UV, "/")
        else:
            run(name, [python, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", command, *options])

    def packages(self, path, bundle):
        lines = self.request["packages"]
        wanted = path / ".requirements.txt"
        wanted.write_text("\n".join(lines if self.is_exact else [line.split(" --hash")[0] for line in lines]) + "\n")
        options = ["--requirement=" + str(wanted)] + ([] if self.uv else ["--ignore-installed"])
        if self.is_exact:
            options.append("--require-hashes")
        if self.request["offline"]:
            options += ["--no-index", "--find-links=" + str(bundle / "wheels")]
        elif self.request["index_url"]:
            options.append("--index-url=" + self.request["index_url"])
        self.pip("pip", path, "install", *options)

    def collections(self, path, bundle):
        target = path / "collections"
        if (bundle / "collections").is_dir():
            shutil.copytree(bundle / "collections", target)
        archives = sorted((bundle / "archives").glob("*.tar.gz"))
        settings = bundle / "ansible.cfg"
        settings.write_text("[defaults]\n")
        environment = {"ANSIBLE_CONFIG": str(settings), "ANSIBLE_COLLECTIONS_PATH": str(target), "ANSIBLE_NOCOLOR": "1",
                       "ANSIBLE_LOCAL_TEMP": str(path / ".tmp"), "ANSIBLE_HOME": str(path / ".tmp")}
        galaxy = [str(path / "bin" / "ansible-galaxy"), "collection", "install", "-p", str(target)]
        for archive in archives:
            run("ansible-galaxy", galaxy + ["--no-deps", "--offline", str(archive)], environment)
        if self.request["galaxy"]:
            run("ansible-galaxy", galaxy + self.request["galaxy"], environment)

    def report(self, path, is_new):
        mark = json.loads((path / MARK).read_text())
        print("new " + ("yes" if is_new else "no"))
        print("path %s" % (self.root / self.request["name"]))
        print("requirements " + path.name)
        print("python " + mark["python"])
        print("installed %d" % mark["installed"])
        print("size %d" % mark["size"])
        if not self.is_exact:
            print("note versions without hashes: Python is %s here and %s on the gateway"
                  % (VERSION, self.request["locked_python"]))

    def remove(self):
        with self.locked():
            for name in self.request["names"]:
                with contextlib.suppress(FileNotFoundError):
                    (self.root / name).unlink()
                print("removed " + name)
            used = {os.path.realpath(link) for link in self.root.glob("*") if link.is_symlink()}
            for path in self.store.glob("*"):
                if os.path.realpath(path) not in used and not is_in_use(path):
                    with contextlib.suppress(FileNotFoundError):
                        (path / MARK).unlink()
                    shutil.rmtree(path)

    def verify(self):
        """What is here, against what is written down on the gateway."""
        known = self.request["names"]
        links = {link.name: link for link in self.root.glob("*") if link.is_symlink()}
        wrong = []
        for name in sorted(set(known) | set(links)):
            state = "missing" if name not in links else "damaged" if not works(links[name]) else "whole" if name in known else "unknown"
            print(state + " " + name)
            wrong += [] if state == "whole" else [state + " " + name]
        if wrong:
            raise Refused("not as data/host_venvs says: " + ", ".join(wrong))


def find_uv(offline):
    """uv does not read the settings of pip: where there are some, and an index is asked, pip is the one to ask it."""
    home = pathlib.Path.home()
    told = any(n.startswith("PIP_") for n in os.environ) or any(
        (pathlib.Path(folder) / "pip.conf").exists() for folder in ("/etc", "/etc/xdg/pip", home / ".config/pip", home / ".pip"))
    # A command over ssh has no ~/.local/bin on its path, where uv is usually.
    return shutil.which("uv", path="%s:%s/.local/bin" % (os.environ.get("PATH", os.defpath), home)) if offline or not told else None


def works(link):
    program = link / "bin" / "ansible-playbook"
    return (link / MARK).is_file() and os.access(program, os.X_OK) and not subprocess.run(
        [str(program), "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def is_in_use(path):
    """Whether a program of it works: a run that began before the name led to another one."""
    for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if os.fsencode(str(path) + "/") in process.read_bytes():
                return True
    return False


def allows(asked):
    """Whether this Python will do; the gateway has looked at the form of what is asked."""
    own = sys.version_info[:2]
    for part in filter(None, asked.replace(" ", "").split(",")):
        operator, number = re.fullmatch(r"([<>=!~]+)([\d.]+)(?:\.\*)?", part).groups()
        numbers = tuple(int(n) for n in number.strip(".").split(".")[:2])
        short = own[:len(numbers)]
        if not {">=": short >= numbers, "<=": short <= numbers, ">": short > numbers, "<": short < numbers,
                "==": short == numbers, "!=": short != numbers, "~=": short >= numbers}[operator]:
            return False
    return True


def size(path):
    return sum(f.lstat().st_size for f in path.rglob("*") if f.is_file() and not f.is_symlink())


def run(name, command, more=None, folder=None):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ANSIBLE_", "PYTHON"))}
    environment.update(more or {}, LC_ALL="C.UTF-8")
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder,
                           encoding="utf-8", errors="replace")
    if ended.returncode:
        raise Refused("%s: %s" % (name, telling(ended.stderr + "\n" + ended.stdout, ended.returncode)))


def telling(text, code):
    """The line that says most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:  # pip ends with "no matching distribution" when it could ask nobody
        found = NOT_CONNECTED.search(line)
        if found:
            return "the package index cannot be reached: " + (found.group(1) or found.group(2) or found.group())
    for number, line in enumerate(lines):
        if line.startswith(REASON_OF_UV):
            rest = itertools.takewhile(lambda text: not text.startswith("hint:"), lines[number:])
            return " ".join(rest)[len(REASON_OF_UV):][:300]
    for beginning in TELLING:
        for line in lines:
            if line.startswith(beginning):
                return re.sub(r"^((?i:error)[:!]|\[ERROR]:) ", "", line)[:300]
    return lines[-1][:300] if lines else "it ended with %d" % code


def main(request, action, folder=None):
    store = Store(request)
    try:
        if action == "build":
            try:
                store.build(pathlib.Path(folder))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        else:
            {"check": store.check, "remove": store.remove, "verify": store.verify}[action]()
    except Refused as e:
        sys.exit(request.get("name", "environments") + " cannot be made: " + str(e) if action in ("check", "build") else str(e))
    except OSError as e:
        sys.exit("%s: %s" % (e.strerror or e, e.filename or store.root))
