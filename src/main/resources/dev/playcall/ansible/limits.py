"""What a run may use of this machine (ansible.limits): memory, CPU time, processes, open files.

Part of the supervisor. A control group holds all processes of a run together. Where none can be made, the limits of
each process (setrlimit) are what is left; "means" says which it is.

Usage by itself, for doctor: python3 -I limits.py
prints a JSON object: for memory, cpu and processes "cgroup" or "rlimit", and under "why" what stands against "cgroup".
"""
import errno
import json
import os
import resource
import sys

PERIOD = 100000  # microseconds
TAIL = 65536
LEAF = "playcall-gateway"
CONTROLLERS = {"memory": "memory", "cpu": "cpu", "processes": "pids"}
SIGNS = {
    "memory": (b"MemoryError", b"Cannot allocate memory"),
    "cpu": (b"CPU time limit exceeded", b'"rc": -24'),
    "processes": (b"Resource temporarily unavailable",),
    "open_files": (b"Too many open files",),
}


def read(path):
    try:
        with open(path) as f:
            return f.read()
    except OSError:
        return ""


def write(path, text):
    with open(path, "w") as f:
        f.write(str(text))


def count(path, key):
    """A number of a file with a name and a number in each line."""
    for line in read(path).splitlines():
        words = line.split()
        if len(words) == 2 and words[0] == key and words[1].isdigit():
            return int(words[1])
    return 0


class Hierarchy:
    """A tree of control groups and the place in it where those of runs are made."""

    def __init__(self, base, version, controllers):
        self.base = base
        self.version = version
        self.controllers = controllers

    def limit(self, group, what, value):
        if self.version == 2:
            settings = {
                "memory": [("memory.max", value), ("memory.swap.max", 0)],
                "cpu": [("cpu.max", "%d %d" % (value * PERIOD // 100, PERIOD))],
                "processes": [("pids.max", value)],
            }
        else:
            settings = {
                "memory": [("memory.limit_in_bytes", value), ("memory.memsw.limit_in_bytes", value)],
                "cpu": [("cpu.cfs_period_us", PERIOD), ("cpu.cfs_quota_us", value * PERIOD // 100)],
                "processes": [("pids.max", value)],
            }
        for name, text in settings[what]:
            path = os.path.join(group, name)
            if "swap" in name or "memsw" in name:
                if not os.path.exists(path):
                    continue  # a kernel that does not count it
            write(path, text)

    def exceeded(self, group, what):
        if what == "memory":
            return count(os.path.join(group, "memory.events" if self.version == 2 else "memory.oom_control"),
                         "oom_kill") > 0
        return what == "processes" and count(os.path.join(group, "pids.events"), "max") > 0


def own_groups(root):
    """Where this process stands: the path in each tree by controller, "" for the unified one."""
    found = {}
    for line in read(os.path.join(root, "proc/self/cgroup")).splitlines():
        _, names, path = line.split(":", 2)
        for name in names.split(","):
            found[name] = path
    return found


def mounts(root):
    """The trees of control groups: (folder, what of the tree stands there, version, options)."""
    for line in read(os.path.join(root, "proc/self/mountinfo")).splitlines():
        left, _, right = line.partition(" - ")
        kind, _, options = (right.split(" ", 2) + ["", ""])[:3]
        if kind in ("cgroup", "cgroup2"):
            fields = left.split()
            yield (os.path.join(root, fields[4].lstrip("/")), fields[3], 2 if kind == "cgroup2" else 1,
                   options.split(","))


def place(mount, top, own):
    """The folder of the group of this process; in a container the path may count from outside of it."""
    inside = own[len(top):] if top != "/" and own.startswith(top) else own
    path = os.path.join(mount, inside.strip("/")).rstrip("/")
    return path if os.path.isdir(path) else mount


def hierarchies(root="/", asking=False):
    """Those in which this process may make groups, and why each of the others is none.

    @param asking: nothing is changed for it
    """
    found, why = [], []
    own = own_groups(root)
    for mount, top, version, options in mounts(root):
        if version == 1:
            names = [c for c in CONTROLLERS.values() if c in options]
            if names:
                base = place(mount, top, own.get(names[0], "/"))
                if os.access(base, os.W_OK):
                    found.append(Hierarchy(base, 1, names))
                else:
                    why.append("%s is not writable" % base)
        else:
            try:
                systemd = os.path.isdir(os.path.join(root, "run/systemd/system"))
                found.append(unified(place(mount, top, own.get("", "/")), systemd, asking))
            except OSError as e:
                why.append(e.strerror or str(e))
    return found, why


def unified(own, systemd, asking):
    """A group with processes in it cannot hand out controllers, so those of runs stand beside the gateway's.

    Under systemd nobody else may rearrange the groups of a unit: it needs Delegate= and DelegateSubgroup= there, which
    put the gateway into a group of its own. In a container there is nobody to ask.
    """
    above = os.path.dirname(own)
    if os.path.basename(own) == LEAF or (systemd and is_delegated(above)):
        base = above
    elif systemd:
        raise OSError(errno.EPERM, "the unit has no Delegate=yes with DelegateSubgroup= (systemd 254)")
    else:
        base = own
    wanted = [c for c in CONTROLLERS.values() if c in read(os.path.join(base, "cgroup.controllers")).split()]
    if not wanted:
        raise OSError(errno.ENOENT, "%s has no controllers for memory, cpu or pids" % base)
    if not os.access(os.path.join(base, "cgroup.subtree_control"), os.W_OK):
        raise OSError(errno.EACCES, "%s is not writable" % base)
    given = read(os.path.join(base, "cgroup.subtree_control")).split()
    if not asking and not set(wanted) <= set(given):
        if base == own:
            step_aside(base)
        write(os.path.join(base, "cgroup.subtree_control"), " ".join("+" + c for c in wanted))
    return Hierarchy(base, 2, wanted)


def is_delegated(group):
    """Whether systemd has left this group to us, who share it with none of its processes."""
    if read(os.path.join(group, "cgroup.procs")).strip() or not os.access(group, os.W_OK):
        return False
    for name in ("user.delegate", "trusted.delegate"):
        try:
            return os.getxattr(group, name) == b"1"
        except OSError:
            pass  # an older kernel or systemd does not mark it so
    return 0 != os.stat(group).st_uid == os.geteuid()


def step_aside(base):
    leaf = os.path.join(base, LEAF)
    os.makedirs(leaf, exist_ok=True)
    for pid in read(os.path.join(base, "cgroup.procs")).split():
        try:
            write(os.path.join(leaf, "cgroup.procs"), pid)
        except ProcessLookupError:
            pass  # it has ended


class Limits:
    """@param wanted: memory in bytes, cpu in percent of one processor, processes and open_files as numbers"""

    def __init__(self, wanted, run, seconds, root="/"):
        self.wanted = wanted
        self.seconds = seconds
        self.groups = {}  # folder -> (tree, what it limits)
        self.means = {what: "rlimit" for what in wanted}
        self.name = "playcall-run-%s" % run
        grouped = [what for what in wanted if what in CONTROLLERS]
        if grouped:
            for tree in hierarchies(root)[0]:
                self.make(tree, [w for w in grouped if CONTROLLERS[w] in tree.controllers and self.means[w] == "rlimit"])

    def make(self, tree, whats):
        if not whats:
            return
        group = os.path.join(tree.base, self.name)
        try:
            os.makedirs(group, exist_ok=True)
            for what in whats:
                tree.limit(group, what, self.wanted[what])
        except OSError:
            self.drop([group])
            return
        self.groups[group] = (tree, whats)
        self.means.update(dict.fromkeys(whats, "cgroup"))

    def attach(self, pid):
        for group in self.groups:
            write(os.path.join(group, "cgroup.procs"), pid)

    def enter(self):
        """The limits of this process and of all that it starts."""
        if self.means.get("memory") == "rlimit":
            lower(resource.RLIMIT_AS, self.wanted["memory"])
        if self.means.get("cpu") == "rlimit":
            # What all of its time at this share comes to: no share can be set for a process.
            lower(resource.RLIMIT_CPU, max(1, int(self.wanted["cpu"] * self.seconds / 100)))
        if self.means.get("processes") == "rlimit":
            lower(resource.RLIMIT_NPROC, self.wanted["processes"])
        if "open_files" in self.wanted:
            lower(resource.RLIMIT_NOFILE, self.wanted["open_files"])

    def killed(self):
        """Whether the kernel has ended a process of the run because all of it used too much memory."""
        return any("memory" in whats and tree.exceeded(group, "memory") for group, (tree, whats) in self.groups.items())

    def exceeded(self, output, signal):
        """Which limit a run that failed has met, as far as it shows; None for none."""
        for group, (tree, whats) in self.groups.items():
            for what in whats:
                if tree.exceeded(group, what):
                    return what
        if "cpu" in self.wanted and signal == 24:  # SIGXCPU
            return "cpu"
        tail = end_of(output)
        for what, signs in SIGNS.items():
            if self.means.get(what) == "rlimit" and any(sign in tail for sign in signs):
                return what
        return None

    def record(self, what):
        return {"name": what, "value": self.wanted[what], "each": what == "open_files" or self.means[what] == "rlimit"}

    def close(self):
        self.drop(self.groups)

    @staticmethod
    def drop(groups):
        for group in groups:
            try:
                os.rmdir(group)
            except OSError:
                pass  # what the play left running on purpose is in it


def lower(which, value):
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def end_of(path):
    try:
        with open(path, "rb") as f:
            f.seek(0, os.SEEK_END)
            f.seek(max(0, f.tell() - TAIL))
            return f.read()
    except OSError:
        return b""


def main():
    found, why = hierarchies(asking=True)
    have = {c for tree in found for c in tree.controllers}
    means = {what: "cgroup" if c in have else "rlimit" for what, c in CONTROLLERS.items()}
    print(json.dumps(dict(means, why="; ".join(why))))


if __name__ == "__main__":
    sys.exit(main())
