#!/usr/bin/python
"""The binary of an agent: what is installed, a new one put in its place, or an earlier one put back."""
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: agent_binary
short_description: installs the binary of an agent, and keeps the ones before
description:
  - A new binary is asked for its version before it is moved to its place in one step. The one before is kept.
options:
  path: {description: where the binary is, type: path, required: true}
  state: {description: what is wanted, type: str, choices: [query, installed, rolled_back], default: query}
  candidate: {description: the new file, in the same file system, type: path}
  version: {description: the version it has to have, or previous to roll back to the one before, type: str, default: ''}
  version_argument: {description: how a binary is asked for its version, type: str, default: --version}
  backups: {description: the folder of earlier binaries, type: path}
  keep: {description: how many of them are kept, type: int, default: 3}
author: Playcall
"""
EXAMPLES = r"""
- name: Go back
  agent_binary: {path: /opt/agent/agent, backups: /opt/agent/backups, version: previous, state: rolled_back}
"""
RETURN = r"""
version: {description: the version that is installed now, returned: always, type: str}
checksum: {description: the SHA-256 of the binary, returned: query, type: str}
"""

import os
import re
import shutil
import tempfile

from ansible.module_utils.basic import AnsibleModule

VERSION = re.compile(r"v?\d+\.\d+[A-Za-z0-9._+-]*")
FAILED = ".failed"


def bare(version):
    return version[1:] if re.match(r"v\d", version) else version


class Binary(object):
    def __init__(self, module):
        self.module = module
        self.path = module.params["path"]
        self.backups = module.params["backups"]
        self.changed = False

    def version(self, path):
        """What a binary says of itself; an empty text and the reason where it says nothing."""
        try:
            code, out, err = self.module.run_command(
                [path, self.module.params["version_argument"]], handle_exceptions=False)
        except (OSError, IOError) as e:
            return "", "it cannot be started: %s" % e.strerror
        text = (out + err).strip()
        found = VERSION.search(text)
        if code != 0:
            return "", "asked for its version it ended with %d: %s" % (code, text[:200] or "no output")
        return (found.group(0) if found else text.split("\n")[0][:60]), "it names no version" if not text else ""

    def check(self, path, wanted):
        version, wrong = self.version(path)
        if not wrong and bare(version) != bare(wanted):
            wrong = "it says that it is %s, not %s" % (version, wanted)
        if wrong:
            os.unlink(path)
            self.module.fail_json(msg="the new binary is not used: %s" % wrong)

    def kept(self):
        """Earlier binaries as (version, path), the newest first."""
        prefix = os.path.basename(self.path) + "."
        names = [n for n in self.entries() if n.startswith(prefix) and not n.endswith(FAILED)]
        paths = sorted((os.path.join(self.backups, n) for n in names), key=os.path.getmtime, reverse=True)
        return [(os.path.basename(p)[len(prefix):], p) for p in paths]

    def entries(self):
        return os.listdir(self.backups) if os.path.isdir(self.backups) else []

    def put_aside(self, ending=""):
        """Copies what is installed, as it goes on running until the restart."""
        if not os.path.exists(self.path):
            return
        version = self.version(self.path)[0] or "unknown"
        name = "%s.%s%s" % (os.path.basename(self.path), version.replace("/", "_"), ending)
        copy = os.path.join(self.backups, name)
        shutil.copy2(self.path, copy + ".new")
        os.utime(copy + ".new", None)
        os.rename(copy + ".new", copy)

    def prune(self):
        failed = [os.path.join(self.backups, n) for n in self.entries() if n.endswith(FAILED)]
        failed.sort(key=os.path.getmtime, reverse=True)
        keep = max(1, self.module.params["keep"])
        for path in [p for _, p in self.kept()][keep:] + failed[keep:]:
            os.unlink(path)

    def place(self, path):
        os.rename(path, self.path)
        self.changed = True

    def installed(self):
        wanted = self.module.params["version"]
        if not self.module.check_mode:
            candidate = self.module.params["candidate"]
            os.chmod(candidate, 0o755)
            self.check(candidate, wanted)
            self.put_aside()
            self.place(candidate)
            self.prune()
        return {"version": wanted, "changed": True}

    def rolled_back(self):
        wanted = self.module.params["version"]
        running = self.version(self.path)[0]
        if bare(wanted) == bare(running):
            return {"version": running, "changed": False}
        others = [(v, p) for v, p in self.kept() if bare(v) != bare(running)]
        found = [(v, p) for v, p in others if wanted == "previous" or bare(v) == bare(wanted)]
        if not found:
            there = ", ".join(v for v, _ in others) or "no earlier version"
            self.module.fail_json(msg="there is no %s to go back to; kept here: %s" % (
                "earlier version" if wanted == "previous" else wanted, there))
        version, path = found[0]
        if not self.module.check_mode:
            handle, copy = tempfile.mkstemp(dir=os.path.dirname(self.path), prefix=".rollback-")
            os.close(handle)
            shutil.copy2(path, copy)
            os.chmod(copy, 0o755)
            self.check(copy, version)
            self.put_aside(FAILED)
            self.place(copy)
            self.prune()
        return {"version": version, "changed": True, "before": running}

    def query(self):
        exists = os.path.exists(self.path)
        return {
            "exists": exists,
            "version": self.version(self.path)[0] if exists else "",
            "checksum": self.module.sha256(self.path) if exists else "",
            "changed": False,
        }


def main():
    module = AnsibleModule(
        argument_spec={
            "path": {"type": "path", "required": True},
            "state": {"type": "str", "choices": ["query", "installed", "rolled_back"], "default": "query"},
            "candidate": {"type": "path"},
            "version": {"type": "str", "default": ""},
            "version_argument": {"type": "str", "default": "--version"},
            "backups": {"type": "path"},
            "keep": {"type": "int", "default": 3},
        },
        required_if=[("state", "installed", ["candidate", "version", "backups"]),
                     ("state", "rolled_back", ["version", "backups"])],
        supports_check_mode=True,
    )
    binary = Binary(module)
    try:
        module.exit_json(**getattr(binary, module.params["state"])())
    except (OSError, IOError, shutil.Error) as e:
        module.fail_json(msg="%s" % e)


if __name__ == "__main__":
    main()
