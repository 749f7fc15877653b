"""Another Unix user than the gateway's for what a run executes (ansible.run_as).

Part of the supervisor, which stays what it is: only the program becomes that user, so that it can neither end its own
supervision nor write the record of how it ended. Needs the capabilities of root.

Usage by itself:
  python3 -I run_as.py check <user> <JSON>
      for doctor and reload: prints one line for each thing that keeps a run from starting, and one with "warning: " before it
      for each that keeps the user from being kept apart; the JSON has "needs", what the user has to read, and "closed", what
      it must not
  python3 -I run_as.py exec <JSON> <program> <argument> ...
      executes a program as the user "name" of the JSON, which is as "user" in spec.json
"""
import ctypes
import errno
import json
import os
import pwd
import sys

PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_PTRACE = 0, 1, 3, 5, 6, 7, 19
NEEDED = (CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_PTRACE)


class Refused(Exception):
    """In one line for people: why nothing can be executed as that user."""


def privileged():
    """Whether this process may become another user, and end and clean up what that one leaves."""
    try:
        with open("/proc/self/status") as f:
            effective = next(int(line.split()[1], 16) for line in f if line.startswith("CapEff:"))
    except (OSError, StopIteration, ValueError):
        return os.geteuid() == 0
    return all(effective >> c & 1 for c in NEEDED)


class Account:
    def __init__(self, name):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            raise Refused("ansible.run_as: there is no user %s on this machine: useradd --system --create-home %s"
                          % (name, name)) from None
        self.name, self.uid, self.gid, self.home = name, entry.pw_uid, entry.pw_gid, entry.pw_dir
        if self.uid != os.geteuid() and not privileged():
            raise Refused("ansible.run_as: %s may not become %s: run the gateway as root, or give its unit the"
                          " capabilities in docs/systemd.md" % (own_name(), name))

    def environment(self, spare):
        """@param spare: the folder to live in when the account has none"""
        home = self.home if os.path.isdir(self.home) else spare
        return {"HOME": home, "USER": self.name, "LOGNAME": self.name}

    def open_way(self, folders):
        """The account may walk through these and list none of them; for anybody else they stay closed. One that is
        open to everybody (/tmp) is left as it is."""
        for folder in folders:
            if os.path.isdir(folder) and not os.stat(folder).st_mode & 0o001:
                os.chown(folder, -1, self.gid)
                os.chmod(folder, 0o710)

    def open_tree(self, top):
        """Programs and collections, which are no secret and never change. The folder itself comes last: when it is
        right, everything in it is."""
        if not os.path.isdir(top) or self.may_read(os.stat(top)):
            return
        for folder, _, files in os.walk(top, topdown=False):
            for name in files:
                self.open_one(os.path.join(folder, name), 0o040)
            self.open_one(folder, 0o050)

    def may_read(self, entry):
        return entry.st_gid == self.gid and entry.st_mode & 0o050 == 0o050

    def open_one(self, path, more):
        if not os.path.islink(path):
            os.chown(path, -1, self.gid)
            os.chmod(path, os.stat(path).st_mode & 0o777 | more)

    def give(self, path):
        """A file or a whole folder, never what a link points to."""
        if not os.path.lexists(path):
            return
        os.chown(path, self.uid, self.gid, follow_symlinks=False)
        if os.path.isdir(path) and not os.path.islink(path):
            for name in os.listdir(path):
                self.give(os.path.join(path, name))

    def enter(self):
        """This process is the account from now on, with no way back."""
        if self.uid == os.geteuid():
            return
        os.initgroups(self.name, self.gid)
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)
        # Capabilities that a service manager gave would outlive the change from one ordinary user to another.
        ctypes.CDLL(None).prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)

    def unreadable(self, paths):
        """What the account cannot read of these, in one line each; to be asked once it was entered."""
        return [line for line in map(self.complaint, paths) if line]

    def complaint(self, path):
        try:
            with os.scandir(path) if os.path.isdir(path) else open(path, "rb"):
                return None
        except FileNotFoundError:
            return None  # not ours to say
        except OSError as e:
            what = path
            # The outermost folder that stands in the way is what has to be changed.
            parts = path.split("/")
            for i in range(2, len(parts)):
                above = "/".join(parts[:i])
                if not os.access(above, os.X_OK):
                    what = above
                    break
            if e.errno not in (errno.EACCES, errno.EPERM):
                return "ansible.run_as: %s cannot read %s: %s" % (self.name, path, e.strerror)
            how = "chmod o+x %s" % what if what != path else "chmod -R o+rX %s" % what
            return "ansible.run_as: %s cannot read %s: %s, or let a group of %s do so" % (self.name, path, how, self.name)


    def readable(self, paths):
        """What it can read of these; to be asked once it was entered."""
        return ["warning: ansible.run_as: %s can read %s: chmod o= %s" % (self.name, path, path)
                for path in paths if os.path.exists(path) and os.access(path, os.R_OK)]


def own_name():
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return "the user with number %d" % os.geteuid()


def hand_over(wanted, spare):
    """Gives a user what is meant for it; returns the account and the environment that goes with it."""
    account = Account(wanted["name"])
    os.makedirs(spare, exist_ok=True)
    account.open_way(wanted["way"])
    for path in wanted["read"]:
        account.open_tree(path)
    for path in wanted["own"] + [spare]:
        account.give(path)
    return account, account.environment(spare)


def check(name, asked):
    account = Account(name)
    account.enter()
    lines = account.unreadable(asked["needs"]) + account.readable(asked["closed"])
    if not os.path.isdir(account.home) or not os.access(account.home, os.W_OK):
        lines.append("warning: ansible.run_as: %s has no home that it may write to (%s): it has no known_hosts, and tasks on"
                     " this machine need ansible_remote_tmp: usermod --home --move-home, or create the folder"
                     % (name, account.home))
    return lines


def execute(wanted, argv):
    account, env = hand_over(wanted, wanted["spare"])
    account.enter()
    reasons = account.unreadable(wanted["needs"])
    if reasons:
        raise Refused(reasons[0])
    os.umask(0o022)
    os.execvpe(argv[0], argv, dict(os.environ, **env))


def main(argv):
    try:
        if argv[1] == "check":
            for line in check(argv[2], json.loads(argv[3])):
                print(line)
            return 0
        execute(json.loads(argv[2]), argv[3:])
    except (Refused, OSError) as e:
        os.write(2, ("ERROR! %s\n" % e).encode("utf-8", "replace"))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
