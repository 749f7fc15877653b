"""Checks an environment and its playbooks without touching a host.

Usage: python3 -I validate.py <request.json>. The request names `inventories`, `written` (inventory files of
this run alone), `programs` (inventories that are no data), `playbooks`, `root` (findings are named relative to it) and `lint`. Lines for people go to standard output, events to the file PLAYCALL_EVENTS names
(docs/run-directory.md). Exit code 0 when no error was found, 2 otherwise.

`python3 -I validate.py --read <file>...` is for our own use: it runs under the Python that Ansible runs under, because
only that one is sure to have a YAML reader, and prints what is wrong with each file as JSON.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time

ERROR, WARNING = "error", "warning"
LONGEST = 500
INSTALL = "apt-get install --no-install-recommends ansible-core"
YAML_NAMES = (".yml", ".yaml")
# Where a message says what it is about. The first is ansible-core up to 2.18, the second 2.19 and later; the third is
# for whatever comes next. None of them is relied upon: a finding without a line is still a finding.
PLACES = (
    re.compile(r"The error appears to (?:be in|have been in) '(?P<file>[^']+)': line (?P<line>\d+)"),
    re.compile(r"Origin: (?P<file>/.+?):(?P<line>\d+)(?::\d+)?(?: |$)"),
    re.compile(r"(?P<file>/[^\s:'\"]+\.ya?ml)(?:'?, line |: line |:)(?P<line>\d+)"),
)
# From here on a message repeats the source, which may hold secrets and is in the file anyway.
AFTER_MESSAGE = re.compile(r"\s*(?:The error appears to |The offending line appears |Origin: |There appears to be ).*", re.S)


def clean(text, limit=LONGEST):
    text = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", text).split())
    return text if len(text) <= limit else text[:limit] + "…"


class Report:
    """Says everything twice: to people on standard output, to the gateway as events."""

    def __init__(self, root):
        self.root = root
        self.n = 0
        self.hosts = 0
        self.findings = []
        path = os.environ.get("PLAYCALL_EVENTS")
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600) if path else None

    def event(self, e, **fields):
        if self.fd is None:
            return
        line = dict({"n": self.n + 1, "t": int(time.time() * 1000), "e": e}, **fields)
        data = json.dumps(line, separators=(",", ":"), default=str).encode("ascii", "replace") + b"\n"
        try:
            if os.write(self.fd, data) == len(data):
                self.n += 1
        except OSError:
            pass  # a full disk: the verdict is in the exit code too

    def say(self, line):
        try:
            sys.stdout.buffer.write((line + "\n").encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
        except OSError:
            pass

    def step(self, name, state, detail=""):
        self.event("step", name=name, st=state, detail=clean(detail))
        if state != "running":
            sign = {"ok": "✓", "failed": "✗", "skipped": "–"}[state]
            self.say("%s %s" % (sign, detail or name))

    def finding(self, severity, file, line, text, rule=None):
        file, text = self.relative(file), clean(text)
        if (file, line, text) in [f[1:4] for f in self.findings]:
            return
        self.findings.append((severity, file, line, text))
        self.event("finding", severity=severity, file=file, line=line, text=text, rule=rule)
        place = "%s:%d" % (file, line) if line else file
        self.say("%s %s: %s%s" % ("✗" if severity == ERROR else "!", place, text, " [%s]" % rule if rule else ""))

    def relative(self, file):
        path = os.path.relpath(file, self.root) if os.path.isabs(file) else file
        return file if path.startswith("..") else path

    def has_error(self, file, line=None):
        name = self.relative(file)
        return any(s == ERROR and f == name and line in (None, n) for s, f, n, _ in self.findings)

    def has_text(self, text):
        return any(text == f[3] for f in self.findings)

    def errors(self):
        return sum(1 for f in self.findings if f[0] == ERROR)

    def close(self):
        errors, warnings = self.errors(), len(self.findings) - self.errors()
        self.say("%s %s, %s" % ("✗" if errors else "✓", counted(errors, "error"), counted(warnings, "warning")))
        self.event("stats", hosts=self.hosts, failed=errors, unreachable=0, changed=0)
        return 2 if errors else 0


def counted(n, what):
    return "%d %s%s" % (n, what, "" if n == 1 else "s")


class Result:
    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err


def run(argv, cwd=None, any_inventory=False):
    """With `any_inventory` Ansible takes `-i localhost,`, which a gateway that trusts YAML files only forbids."""
    # What we start must not write events of its own into our file.
    env = {k: v for k, v in os.environ.items()
           if k != "PLAYCALL_EVENTS" and not (any_inventory and k.startswith("ANSIBLE_INVENTORY_"))}
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
                          env=env, check=False)
    return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


# -- what Ansible says

def paragraphs(text):
    """Ansible breaks lines at 79 characters when nobody watches; a message goes on until the next one begins."""
    found = []
    for line in text.splitlines():
        begins = re.match(r"(ERROR!|\[ERROR\]:?|\[WARNING\]:?|\[DEPRECATION WARNING\]:?)\s*", line)
        if begins:
            found.append([begins.group(1).strip("[]:!"), line[begins.end():]])
        elif found:
            found[-1][1] += "\n" + line
    return found


def place_in(text):
    flat = " ".join(text.split())
    for pattern in PLACES:
        for candidate in (text, flat):
            match = pattern.search(candidate)
            if match:
                return match.group("file"), int(match.group("line"))
    return None, None


def words_of(text):
    """The message without the source it quotes, and of a YAML error only what the YAML reader said."""
    text = AFTER_MESSAGE.sub("", text)
    said = re.search(r"Syntax Error while loading YAML\.\s*(.+)", text, re.S)
    if said:
        text = "YAML: " + said.group(1)
    return clean(text)


def said_by_reader(body):
    """Our own look at the YAML finds the second key, with its line."""
    words = " ".join(body.split())
    return "duplicate dict key" in words or "duplicate mapping key" in words  # the second since 2.19


def last_error(result):
    errors = [body for kind, body in paragraphs(result.err + "\n" + result.out) if kind == "ERROR"]
    if errors:
        return errors[-1]
    lines = [line for line in (result.err + "\n" + result.out).splitlines() if line.strip()]
    return lines[-1] if lines else "exit code %d without a message" % result.code


# -- steps

def find_ansible(report):
    """Returns the Python that Ansible runs under, or None when there is no Ansible that works."""
    try:
        result = run(["ansible-playbook", "--version"])
    except OSError:
        result = None
    version = result and (re.search(r"\[core (\d[\w.]*)", result.out) or re.search(r" (\d[\w.]*)", result.out))
    report.event("start", v=1, core=version.group(1) if version else None, file="validate", forks=None, check=True)
    if result is None:
        report.finding(ERROR, "ansible-playbook", None, "is not installed (%s)" % INSTALL)
        report.step("ansible", "failed", "Ansible is missing")
        return None
    if result.code != 0 or not version:
        report.finding(ERROR, "ansible-playbook", None, "does not work: " + last_error(result))
        report.step("ansible", "failed", "Ansible does not work")
        return None
    python = re.search(r"python version = .*\((/[^()]+)\)\s*$", result.out, re.M)
    report.step("ansible", "ok", "ansible-core " + version.group(1))
    return python.group(1) if python else sys.executable


def yaml_files(request):
    """What we can name: the inventory with its variables, and the playbooks. Ansible itself follows the rest."""
    files = [i for i in request["inventories"] if i.endswith(YAML_NAMES) and i not in request["programs"]]
    beside = sorted({os.path.dirname(i) for i in request["inventories"]})
    for folder in (os.path.join(b, f) for b in beside for f in ("group_vars", "host_vars")):
        for base, directories, names in os.walk(folder):
            directories.sort()
            files += [os.path.join(base, n) for n in sorted(names)
                      if n.endswith(YAML_NAMES + (".json",)) or "." not in n]
    return [f for f in files + request["playbooks"] if os.path.isfile(f)]


def read_yaml(report, request, python):
    report.step("yaml", "running")
    files = yaml_files(request)
    try:
        result = run([python, "-I", os.path.abspath(__file__), "--read"] + files)
        problems = json.loads(result.out)
    except (OSError, ValueError):
        report.step("yaml", "skipped", "YAML is left to Ansible, its Python cannot be used directly")
        return
    for p in problems:
        report.finding(p["severity"], p["file"], p["line"], p["text"], "yaml")
    bad = sum(1 for p in problems if p["severity"] == ERROR)
    report.step("yaml", "failed" if bad else "ok", counted(len(files), "YAML file") + (
        " read, %s" % counted(bad, "error") if bad else " can be read"))


def inventories(request):
    return request["inventories"] + request["written"]


def check_inventory(report, request):
    inventory = request["inventories"][0]
    report.step("inventory", "running")
    missing = [i for i in request["inventories"] if not os.path.exists(i)]
    if missing:
        report.finding(ERROR, missing[0], None, "is missing")
        return report.step("inventory", "failed", "inventory is missing")
    result = run(["ansible-inventory"] + ["--inventory=" + i for i in inventories(request)] + ["--list"])
    messages = paragraphs(result.err)
    try:
        listing = json.loads(result.out[result.out.index("{"):])
    except ValueError:
        listing = None
    broken = result.code != 0 or listing is None
    for kind, body in messages:
        if kind == "DEPRECATION WARNING" or said_by_reader(body):
            continue
        file, line = place_in(body)
        severe = ERROR if kind == "ERROR" or (broken and "parse" in body) else WARNING
        # The plain reader has said it already, with a line and in fewer words.
        if not (severe == ERROR and report.has_error(file or inventory)):
            report.finding(severe, file or inventory, line, words_of(body))
    if broken:
        if not report.has_error(inventory) and not any(kind == "ERROR" for kind, _ in messages):
            report.finding(ERROR, inventory, None, last_error(result))
        return report.step("inventory", "failed", "inventory does not parse")
    hosts, groups = hosts_and_groups(listing)
    report.hosts = len(hosts)
    if not hosts:
        if not report.has_error(inventory):
            report.finding(ERROR, inventory, None, "has no hosts")
        return report.step("inventory", "failed", "inventory has no hosts")
    report.step("inventory", "ok", "inventory parses: %s in %s" % (counted(len(hosts), "host"), counted(groups, "group")))


def hosts_and_groups(listing):
    hosts = set((listing.get("_meta") or {}).get("hostvars") or {})
    groups = 0
    for name, group in listing.items():
        if name == "_meta" or not isinstance(group, dict):
            continue
        hosts.update(group.get("hosts") or [])
        groups += name not in ("all", "ungrouped")
    return hosts, groups


def check_playbooks(report, request):
    report.step("syntax", "running")
    playbooks = []
    for playbook in request["playbooks"]:
        if not os.path.exists(playbook):
            report.finding(ERROR, playbook, None, "is missing")
        elif not report.has_error(playbook):  # YAML that cannot be read has been reported with its line
            playbooks.append(playbook)
    bad = len(request["playbooks"]) - len(playbooks)
    # One process for all costs hardly more than one for one, but it stops at the first error.
    together = syntax_check(report, request, playbooks) if playbooks else None
    if together is not None and together.code == 0:
        warn(report, playbooks[0] if len(playbooks) == 1 else None, together)
    elif together is not None:
        for playbook in playbooks:
            result = together if len(playbooks) == 1 else syntax_check(report, request, [playbook])
            bad += syntax_finding(report, playbook, result)
    state = "failed" if bad else "ok" if request["playbooks"] else "skipped"
    detail = counted(len(request["playbooks"]), "playbook")
    report.step("syntax", state, {
        "ok": "syntax check: %s passed" % detail, "skipped": "no playbooks to check",
        "failed": "syntax check: %d of %s failed" % (bad, detail)}[state])


def syntax_check(report, request, playbooks):
    # An inventory that has been found broken would be all that Ansible talks about.
    broken = report.hosts == 0
    used = ["localhost,"] if broken else inventories(request)
    return run(["ansible-playbook", "--syntax-check"] + ["--inventory=" + i for i in used] + playbooks,
               any_inventory=broken)


def syntax_finding(report, playbook, result):
    if result.code == 0:
        warn(report, playbook, result)
        return 0
    body = last_error(result)
    file, line = place_in(body)
    file = file or playbook
    text = words_of(body)
    # The place may be a role or an included file: say which playbook met it.
    if report.relative(file) != report.relative(playbook):
        text += " (found through %s)" % report.relative(playbook)
    report.finding(ERROR, file, line, text, "syntax-check")
    return 1


def warn(report, playbook, result):
    for kind, body in paragraphs(result.err) if report.hosts else []:
        if kind != "WARNING" or said_by_reader(body):
            continue
        file, line = place_in(body)
        file, text = file or playbook, words_of(body)
        # Loading the inventory warns here again, and a warning about no file in particular helps nobody.
        if file is not None and not report.has_text(text):
            report.finding(WARNING, file, line, text)


def lint(report, request):
    if not request.get("lint"):
        return report.step("lint", "skipped", "ansible-lint is not installed")
    report.step("lint", "running")
    if not request["playbooks"]:
        return report.step("lint", "skipped", "no playbooks to lint")
    try:
        result = run(["ansible-lint", "--offline", "-q", "-f", "json"] + request["playbooks"], cwd=request["root"],
                     any_inventory=True)
    except OSError:
        return report.step("lint", "skipped", "ansible-lint is not installed")
    try:
        violations = json.loads(result.out) if result.out.strip() else []
        if result.code not in (0, 2) and not violations:
            raise ValueError
    except ValueError:
        return report.step("lint", "skipped", "ansible-lint did not work: " + clean(last_error(result), 200))
    for violation in violations:
        lint_finding(report, request, violation)
    return report.step("lint", "ok", "ansible-lint: " + (counted(len(violations), "remark") if violations else "clean"))


def lint_finding(report, request, violation):
    location = violation.get("location") or {}
    begin = (location.get("lines") or {}).get("begin")
    if begin is None:
        begin = ((location.get("positions") or {}).get("begin") or {}).get("line")
    line = begin.get("line") if isinstance(begin, dict) else begin
    file = os.path.normpath(os.path.join(request["root"], location.get("path") or "?"))
    rule = str(violation.get("check_name") or "lint")
    severe = violation.get("severity") == "blocker" or rule.startswith(("load-failure", "syntax-check"))
    if rule.startswith("internal-error"):  # the linter's own trouble, which a broken playbook gives it
        severe = False
        if report.errors():
            return
    if severe and report.has_error(file):
        return  # said before, in Ansible's own words
    body = violation.get("content") or {}
    text = str(violation.get("description") or "") or str(body.get("body") or "")
    report.finding(ERROR if severe else WARNING, file, line if isinstance(line, int) else None, text, rule)


# -- reading YAML, under Ansible's Python

def read(files):
    import yaml
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    problems = []
    for file in files:
        try:
            with open(file, "rb") as f:
                content = f.read()
            if content.startswith(b"$ANSIBLE_VAULT"):
                continue
            # Composed, not constructed: !vault and !unsafe need no meaning here.
            for document in yaml.compose_all(content, Loader=loader):
                problems += [dict(p, file=file) for p in twice(document, set())]
        except yaml.MarkedYAMLError as e:
            mark = e.problem_mark or e.context_mark
            text = ", ".join(part for part in (e.problem, e.context) if part) or str(e)
            problems.append({"file": file, "severity": ERROR, "line": mark.line + 1 if mark else None, "text": text})
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as e:
            problems.append({"file": file, "severity": ERROR, "line": None, "text": str(e).splitlines()[0]})
        except OSError as e:
            problems.append({"file": file, "severity": ERROR, "line": None, "text": "cannot be read: %s" % e.strerror})
    print(json.dumps(problems))
    return 0


def twice(node, seen):
    """A key that stands twice in one map: the first is lost without a word."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    keys = {}
    for child in node.value if isinstance(node.value, list) else []:
        key, value = child if isinstance(child, tuple) else (None, child)
        if key is not None and isinstance(key.value, str) and key.value != "<<":
            if key.value in keys:
                yield {"severity": WARNING, "line": key.start_mark.line + 1,
                       "text": "%s is here twice, first in line %d; only this one counts" % (key.value, keys[key.value])}
            keys[key.value] = key.start_mark.line + 1
        yield from twice(value, seen)


def load(path):
    with open(path, "rb") as f:
        request = json.load(f)
    return {"inventories": [os.path.abspath(i) for i in request["inventories"]], "written": list(request.get("written") or []),
            "programs": list(request.get("programs") or []), "playbooks": list(request.get("playbooks") or []), "notes": list(request.get("notes") or []),
            "lint": bool(request.get("lint")), "root": os.path.abspath(request.get("root") or os.getcwd())}


def main(argv):
    if len(argv) >= 2 and argv[1] == "--read":
        return read(argv[2:])
    if len(argv) != 2:
        print("usage: validate.py <request.json>", file=sys.stderr)
        return 1
    try:
        request = load(argv[1])
    except (OSError, ValueError, KeyError, TypeError) as e:
        print("validate: %s cannot be used: %r" % (argv[1], e), file=sys.stderr)
        return 1
    report = Report(request["root"])
    python = find_ansible(report)
    if python is not None:
        read_yaml(report, request, python)
        for note in request["notes"]:  # settings of the repository's ansible.cfg that do not count
            report.finding(WARNING, "ansible.cfg", note["line"], note["text"])
        check_inventory(report, request)
        check_playbooks(report, request)
        lint(report, request)
    return report.close()


if __name__ == "__main__":
    try:
        code = main(sys.argv)
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    sys.exit(code)
