#!/usr/bin/python
"""The service of an agent: started, restarted, looked at or removed, by systemd or by a script that knows the same words."""
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: agent_service
short_description: starts, checks and removes the service of an agent
description:
  - C(stable) waits until the service is active and sees that its process stays and logs no errors.
options:
  name: {description: the service, type: str, required: true}
  manager: {description: what starts it, type: str, choices: [systemd, script], required: true}
  script: {description: the unit or the script, type: path, required: true}
  state: {description: what is wanted, type: str, choices: [started, restarted, stable, absent], required: true}
  newer: {description: files; a process older than one of them is restarted, type: list, elements: path, default: []}
  start_timeout: {description: seconds until it has to be active, type: int, default: 10}
  stable_for: {description: seconds in which the process may not change, type: int, default: 3}
  logs: {description: the folder of its logs, type: path}
  error_pattern: {description: which lines are errors, type: str, default: ERROR}
  max_errors: {description: how many of them are accepted, type: int, default: 0}
  binary: {description: the binary of the agent, type: path}
  version_argument: {description: how it is asked for its version, type: str, default: --version}
  version: {description: the version it has to be, type: str, default: ''}
author: Playcall
"""
EXAMPLES = r"""
- name: Look at the service
  agent_service: {name: agent, manager: systemd, script: /etc/systemd/system/agent.service, state: stable}
"""
RETURN = r"""
pid: {description: the process of the agent, returned: started and stable, type: int}
elapsed: {description: seconds since it was started, returned: stable, type: float}
version: {description: the version of the binary, returned: stable, type: str}
errors: {description: lines of errors in its log since then, returned: stable, type: list}
"""

import datetime
import errno
import glob
import os
import re
import time

from ansible.module_utils.basic import AnsibleModule

PROPERTIES = "LoadState,ActiveState,SubState,MainPID,ExecMainStatus,NeedDaemonReload,UnitFileState"
TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?")
VERSION = re.compile(r"v?\d+\.\d+[A-Za-z0-9._+-]*")
TAIL = 64 * 1024
MINUTE = 60


class Systemd(object):
    def __init__(self, module):
        self.module = module
        self.unit = module.params["name"] + ".service"
        self.program = module.get_bin_path("systemctl", required=True)

    def call(self, *words):
        code, out, err = self.module.run_command([self.program] + list(words))
        if code != 0:
            self.module.fail_json(msg="systemctl %s: %s" % (" ".join(words), (err or out).strip()[:300]))
        return out

    def status(self):
        out = self.call("show", self.unit, "--property=" + PROPERTIES)
        return dict(line.split("=", 1) for line in out.splitlines() if "=" in line)

    def exists(self):
        return self.status().get("LoadState") not in ("not-found", "")

    def is_enabled(self):
        return self.status().get("UnitFileState") == "enabled"

    def enable(self, wanted):
        self.call("enable" if wanted else "disable", self.unit)

    def act(self, verb):
        if self.status().get("NeedDaemonReload") == "yes" or not self.exists():
            self.call("daemon-reload")
        self.call(verb, self.unit)

    def forget(self):
        self.call("daemon-reload")

    def log(self, since, *words):
        program = self.module.get_bin_path("journalctl")
        if not program:
            return []
        code, out, _ = self.module.run_command(
            [program, "--unit", self.unit, "--since", "@%d" % since, "--output", "cat", "--no-pager"] + list(words))
        return [line for line in out.splitlines() if line.strip() and not line.startswith("-- ")] if code == 0 else []


class Script(object):
    def __init__(self, module):
        self.module = module
        self.script = module.params["script"]
        self.name = module.params["name"]

    def call(self, verb):
        return self.module.run_command([self.script, verb])

    def status(self):
        if not self.exists():
            return {}
        return dict(line.split("=", 1) for line in self.call("status")[1].splitlines() if "=" in line)

    def exists(self):
        return os.path.exists(self.script)

    def tool(self):
        """What starts it at boot, of a script where the system looks for them."""
        if not self.script.startswith(("/etc/init.d/", "/etc/rc.d/")):
            return None
        return self.module.get_bin_path("update-rc.d") or self.module.get_bin_path("chkconfig")

    def is_enabled(self):
        return not self.tool() or bool(glob.glob("/etc/rc*.d/S[0-9][0-9]" + self.name))

    def enable(self, wanted):
        tool = self.tool()
        if tool and tool.endswith("update-rc.d"):
            self.module.run_command([tool, "-f", self.name] + (["defaults"] if wanted else ["remove"]))
        elif tool:
            self.module.run_command([tool, "--add" if wanted else "--del", self.name])

    def act(self, verb):
        code, out, err = self.call(verb)
        if code != 0:
            self.module.fail_json(msg="%s %s: %s" % (self.script, verb, (err or out).strip()[:300]))

    def forget(self):
        pass

    def log(self, since, *words):
        return []


def bare(version):
    return version[1:] if re.match(r"v\d", version) else version


def elapsed(pid):
    """Seconds since a process was started; nothing when it is gone."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            ticks = float(f.read().rsplit(")", 1)[1].split()[19])
        with open("/proc/uptime") as f:
            return max(0.0, float(f.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK"))
    except (IOError, OSError):
        return None


class Service(object):
    def __init__(self, module):
        self.module = module
        self.params = module.params
        self.manager = Systemd(module) if module.params["manager"] == "systemd" else Script(module)

    def process(self):
        status = self.manager.status()
        return int(status.get("MainPID") or 0) if status.get("ActiveState") == "active" else 0

    def is_stale(self, pid):
        age = elapsed(pid)
        files = [f for f in self.params["newer"] + [self.params["script"]] if os.path.exists(f)]
        # A second of tolerance: the start of a process is known to a hundredth, the time of a file is that of the clock.
        return age is not None and any(os.stat(f).st_ctime > time.time() - age + 1 for f in files)

    def started(self):
        pid = self.process()
        verb = "start" if not pid else "restart" if self.is_stale(pid) else None
        disabled = not self.manager.is_enabled()
        if not self.module.check_mode:
            if verb:
                self.manager.act(verb)
            if disabled:
                self.manager.enable(True)
        return {"changed": bool(verb or disabled), "pid": self.process()}

    def restarted(self):
        if not self.module.check_mode:
            self.manager.act("restart")
        return {"changed": True}

    def absent(self):
        there = self.manager.exists() or os.path.exists(self.params["script"])
        if there and not self.module.check_mode:
            self.manager.act("stop")
            self.manager.enable(False)
            if os.path.exists(self.params["script"]):
                os.unlink(self.params["script"])
            self.manager.forget()
        return {"changed": there}

    def version(self):
        binary, wanted = self.params["binary"], self.params["version"]
        code, out, err = self.module.run_command([binary, self.params["version_argument"]])
        found = VERSION.search(out + err)
        version = found.group(0) if found else (out + err).strip().split("\n")[0][:60]
        if code != 0 or (wanted and bare(version) != bare(wanted)):
            self.module.fail_json(msg="%s is %s, not %s" % (binary, version or "of no version", wanted or "a version"))
        return version

    def stable(self):
        began = time.time()
        deadline = began + self.params["start_timeout"]
        pid = self.process()
        while not pid and time.time() < deadline:
            time.sleep(0.2)
            pid = self.process()
        if not pid:
            self.fail(began, "is not active after %d s" % self.params["start_timeout"])
        watched = time.time() + self.params["stable_for"]
        while time.time() < watched:
            time.sleep(0.2)
            if self.process() != pid:
                self.fail(began, "did not stay up: its process ended within %d s" % self.params["stable_for"])
        since = time.time() - min(MINUTE, elapsed(pid) or 0)
        errors = self.errors(since)
        if len(errors) > self.params["max_errors"]:
            self.module.fail_json(errors=errors, msg="the service %s runs and logs errors (%d since %s): %s" % (
                self.params["name"], len(errors), "its start" if (elapsed(pid) or 0) < MINUTE else "a minute ago",
                errors[-1][:200]))
        version = self.version() if self.params["binary"] else ""
        return {"changed": False, "pid": pid, "elapsed": round(elapsed(pid) or 0, 2), "errors": errors,
                "version": version}

    def fail(self, began, what):
        status = self.manager.status()
        code = status.get("ExecMainStatus")
        last = self.errors(began - MINUTE) or self.manager.log(began - MINUTE)
        self.module.fail_json(errors=last[-20:], msg="the service %s %s (%s%s)%s%s" % (
            self.params["name"], what, status.get("SubState", "no such service"),
            ", exit code %s" % code if code not in (None, "") else "",
            "; its log: %s" % last[-1].strip()[:200] if last else "", self.no_space()))

    def no_space(self):
        """A service without room for its log cannot say there why it ended."""
        folder = self.params["logs"]
        if not folder or not os.path.isdir(folder) or os.statvfs(folder).f_bavail > 0:
            return ""
        return "; %s: %s" % (os.strerror(errno.ENOSPC), folder)

    def errors(self, since):
        wanted = re.compile(self.params["error_pattern"])
        lines = self.manager.log(since, "--priority=err")
        folder = self.params["logs"] or ""
        for path in sorted(glob.glob(os.path.join(folder, "*.log"))) if folder else []:
            lines += [line for line in tail(path) if wanted.search(line) and (moment(line) or 0) >= int(since)]
        return [line.strip() for line in lines]


def tail(path):
    if os.path.islink(path):  # the agent could have it lead to a file that is not its own
        return []
    with open(path, "rb") as f:
        f.seek(0, os.SEEK_END)
        f.seek(max(0, f.tell() - TAIL))
        return f.read().decode("utf-8", "replace").splitlines()


def moment(line):
    """The time that a line names, as this host counts it; a line without one is not known to be new."""
    found = TIME.search(line)
    if not found:
        return None
    at = datetime.datetime(*[int(part) for part in found.groups()[:6]])
    zone = found.group(7)
    if not zone:
        return time.mktime(at.timetuple())
    offset = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 3600 + int(zone[-2:]) * 60)
    return (at - datetime.datetime(1970, 1, 1)).total_seconds() - offset


def main():
    module = AnsibleModule(
        argument_spec={
            "name": {"type": "str", "required": True},
            "manager": {"type": "str", "choices": ["systemd", "script"], "required": True},
            "script": {"type": "path", "required": True},
            "state": {"type": "str", "choices": ["started", "restarted", "stable", "absent"], "required": True},
            "newer": {"type": "list", "elements": "path", "default": []},
            "start_timeout": {"type": "int", "default": 10},
            "stable_for": {"type": "int", "default": 3},
            "logs": {"type": "path"},
            "error_pattern": {"type": "str", "default": "ERROR"},
            "max_errors": {"type": "int", "default": 0},
            "binary": {"type": "path"},
            "version_argument": {"type": "str", "default": "--version"},
            "version": {"type": "str", "default": ""},
        },
        supports_check_mode=True,
    )
    module.exit_json(**getattr(Service(module), module.params["state"])())


if __name__ == "__main__":
    main()
