"""Which version an agent is deployed in, and the checksums of its binaries: looked up once in a run, by Ansible's machine."""
from __future__ import annotations

DOCUMENTATION = r"""
name: agent_release
short_description: looks up a release of an agent, once in a run
description:
  - The first host for which it is asked looks it up, all others of the run get the same answer, in other processes (slices) and
    batches of the run as well, and in the other waves of a deployment. What is wrong is part of the answer, so that a run finds it once.
options:
  _terms: {description: the address that has the releases, required: true}
  version: {description: a version, or latest, required: true}
  agent: {description: the name of the agent, required: true}
  platforms: {description: "the platforms of its binaries, such as amd64", type: list, elements: str, required: true}
  checksums: {description: whether there have to be checksums, type: bool, default: true}
  mirror: {description: a folder into which the binaries are downloaded; empty for none, type: str, default: ''}
  timeout: {description: seconds for one try, type: int, default: 120}
  retries: {description: how often an address is tried, type: int, default: 3}
  delay: {description: seconds between two tries, type: int, default: 5}
author: Playcall
"""
EXAMPLES = r"""
- ansible.builtin.debug:
    msg: "{{ lookup('agent_release', 'https://downloads.example.org/agent', version='latest', agent='agent', platforms=['amd64']) }}"
"""
RETURN = r"""
_raw:
  description: a mapping of version, checksums (by platform) and problem, which is empty where nothing is wrong
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from http.client import HTTPException
from urllib.error import HTTPError

from ansible import constants as C
from ansible.module_utils.urls import ConnectionError as CannotConnect
from ansible.module_utils.urls import open_url
from ansible.plugins.lookup import LookupBase

VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*\Z")
SUM = re.compile(r"[0-9A-Fa-f]{64}")
LARGEST = 1 << 20


class Problem(Exception):
    pass


def folders():
    """
    Where answers are kept: the folder of all waves of a deployment, and that of the run, which its slices share. Playcall makes both;
    elsewhere a run is one process, which has a folder as long as it lives.
    """
    run = os.environ.get("PLAYCALL_RUN_DIR", "")
    shared = [os.path.join(run, "batch"), os.environ.get("ANSIBLE_LOCAL_TEMP", "")] if run else []
    return [f for f in shared if os.path.isdir(f) and os.access(f, os.W_OK)] or [C.DEFAULT_LOCAL_TMP]


def kept(paths):
    for path in paths:
        if os.path.exists(path):
            with open(path) as f:
                return json.load(f)
    return None


def keep(path, found):
    with open(path + ".new", "w") as f:
        json.dump(found, f)
    os.rename(path + ".new", path)


class Release:
    def __init__(self, base, option):
        self.base = base
        self.option = option
        self.agent = option("agent")
        self.version = option("version")

    def answer(self):
        """Of the first that asks; the others wait for it."""
        asked = [self.base, self.agent, self.version] + [str(self.option(o)) for o in ("platforms", "checksums", "mirror")]
        name = "agent_release." + hashlib.sha256(json.dumps(asked).encode("utf-8")).hexdigest()[:32]
        paths = [os.path.join(folder, name) for folder in folders()]
        found = kept(paths)
        if not found:
            with open(paths[0] + ".lock", "a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                found = kept(paths) or self.look_up()
                # What goes wrong now may go well in the next wave.
                keep(paths[-1] if found["problem"] else paths[0], found)
        return found

    def look_up(self):
        found = {"version": "", "checksums": {}, "problem": ""}
        try:
            found["version"] = self.latest() if self.version == "latest" else self.version
            if self.option("checksums"):
                found["checksums"] = self.checksums(found["version"])
            if self.option("mirror"):
                self.mirror(found["version"], found["checksums"])
        except Problem as e:
            found["problem"] = str(e)
        except OSError as e:
            found["problem"] = "%s could not be written: %s" % (self.option("mirror"), e.strerror or e)
        return found

    def latest(self):
        text = (self.text("%s/latest/VERSION" % self.base) or "").strip()
        if not VERSION.match(text):
            raise Problem("%s/latest/VERSION does not say which version is the latest; name one (agent_version=v1.2.3)" % self.base)
        return text

    def file(self, version, platform):
        return "%s/%s/%s-linux-%s" % (self.base, version, self.agent, platform)

    def checksums(self, version):
        """Those of SHA256SUMS, or of the file beside each binary."""
        found = {}
        sums = self.text("%s/%s/SHA256SUMS" % (self.base, version))
        for platform in self.option("platforms"):
            if sums is not None:
                line = r"(?im)^([0-9a-f]{64})[ \t]+\*?(?:\S*/)?%s-linux-%s[ \t\r]*$" % (re.escape(self.agent), re.escape(platform))
                named = re.findall(line, sums)
            else:
                named = SUM.findall((self.text(self.file(version, platform) + ".sha256") or "")[:64])
            if named:
                found[platform] = named[-1].lower()
        if not found:
            raise Problem(
                "There is no %s of %s at %s, or it has no checksums: neither SHA256SUMS nor %s-linux-….sha256 was found in %s/%s/"
                " (agent_checksums=false goes without)" % (version, self.agent, self.base, self.agent, self.base, version))
        return found

    def mirror(self, version, checksums):
        folder = os.path.join(self.option("mirror"), version)
        if not os.path.isdir(folder):
            os.makedirs(folder, 0o700)
        for platform in checksums or self.option("platforms"):
            url = self.file(version, platform)
            path = os.path.join(folder, os.path.basename(url))
            wanted = checksums.get(platform, "")
            if not os.path.exists(path) or (wanted and checksum(path) != wanted):
                self.download(url, path, wanted)

    def download(self, url, path, wanted):
        def copy(answer):
            handle, part = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".download-")
            try:
                with os.fdopen(handle, "wb") as f:
                    shutil.copyfileobj(answer, f)
                if wanted and checksum(part) != wanted:
                    raise Problem("Ansible's machine could not mirror %s: its checksum is not the one that was given, %s" % (url, wanted))
                os.rename(part, path)
            except BaseException:
                os.unlink(part)
                raise
            return True

        if not self.get(url, copy):
            raise Problem("Ansible's machine could not mirror %s: HTTP 404" % url)

    def text(self, url):
        """What is there; None where nothing is."""
        return self.get(url, lambda answer: answer.read(LARGEST).decode("utf-8", "replace"))

    def get(self, url, read):
        """None where nothing is. Whatever else goes wrong may go well at the next try."""
        tries = max(1, self.option("retries"))
        for n in range(tries):
            if n:
                time.sleep(self.option("delay"))
            try:
                return read(open_url(url, timeout=self.option("timeout"), http_agent="ansible-httpget"))
            except HTTPError as e:
                if e.code == 404:
                    return None
                wrong = "HTTP %s %s" % (e.code, e.reason)
            except (CannotConnect, HTTPException, OSError, ValueError) as e:
                wrong = str(getattr(e, "reason", "") or e)
        raise Problem("%s could not be read: %s (tried %d times)" % (url, wrong, tries))


def checksum(path):
    digest = hashlib.sha256()
    with open(path, "rb") as f:
        for part in iter(lambda: f.read(1 << 16), b""):
            digest.update(part)
    return digest.hexdigest()


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        self.set_options(var_options=variables, direct=kwargs)
        return [Release(str(base), self.get_option).answer() for base in terms]
