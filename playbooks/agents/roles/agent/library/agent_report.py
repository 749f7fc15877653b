#!/usr/bin/python
"""Waits until whoever takes the reports of an agent has heard of it since its start."""
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: agent_report
short_description: waits for a report of an agent
description:
  - Asks an address for the last report of one server. A report counts when it came after the start of the agent.
  - Both times are those of the answering server (its header C(Date)), so clocks need not agree.
options:
  url: {description: 'the address; its answer is {"last_seen": "2026-01-31T12:00:00Z", "version": "v1.0.0"}', type: str, required: true}
  server_id: {description: the server, type: str, required: true}
  token: {description: a bearer token, type: str, default: ''}
  version: {description: the version that has to report, if the answer names one, type: str, default: ''}
  elapsed: {description: seconds since the agent was started, type: float, required: true}
  age: {description: the greatest age of the last report in seconds, type: int, default: 60}
  timeout: {description: seconds to wait, type: int, default: 30}
author: Playcall
"""
EXAMPLES = r"""
- name: Wait for a report
  agent_report: {url: 'https://metrics.example.org/agents/7', server_id: 7, elapsed: 3.5}
"""
RETURN = r"""
age: {description: seconds since the last report, returned: always, type: float}
"""

import calendar
import datetime
import json
import re
import time
from email.utils import parsedate

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.urls import fetch_url

TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$")


def seconds(value):
    """A point in time as seconds since 1970: a number, or a text as in RFC 3339."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    found = TIME.match(str(value))
    if not found:
        return None
    at = datetime.datetime(*[int(part) for part in found.groups()[:6]])
    zone = found.group(8)
    offset = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 3600 + int(zone[-2:]) * 60)
    return calendar.timegm(at.timetuple()) + float("0." + (found.group(7) or "0")) - offset


def bare(version):
    return version[1:] if re.match(r"v\d", version) else version


class Reports(object):
    def __init__(self, module):
        self.module = module
        self.params = module.params
        self.began = time.time()

    def ask(self):
        """The age of the last report, or why it does not count."""
        token = self.params["token"]
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        answer, info = fetch_url(self.module, self.params["url"], headers=headers, timeout=10)
        if info["status"] == 404:
            return None, "has never reported"
        if info["status"] != 200:
            return None, "cannot be asked for: %s" % (info.get("msg") or "HTTP %d" % info["status"])
        try:
            told = json.loads(answer.read().decode("utf-8"))
            seen = seconds(told["last_seen"])
        except (ValueError, KeyError, TypeError):
            seen = None
        if seen is None:
            return None, "cannot be asked for: the answer has no last_seen"
        date = parsedate(info.get("date") or "")
        return self.judged(told, max(0.0, (calendar.timegm(date) if date else time.time()) - seen))

    def judged(self, told, age):
        version = told.get("version")
        if age > self.params["elapsed"] + time.time() - self.began:
            return None, "has not reported since its start (its last report is %d s old)" % age
        if age > self.params["age"]:
            return None, "has been silent for %d s" % age
        if version and self.params["version"] and bare(version) != bare(self.params["version"]):
            return None, "reports as %s, not as %s" % (version, self.params["version"])
        return age, ""

    def wait(self):
        age, why = self.ask()
        while age is None and time.time() - self.began < self.params["timeout"]:
            time.sleep(1)
            age, why = self.ask()
        if age is None:
            self.module.fail_json(msg="the agent %s; waited %d s, asked %s about the server %s" % (
                why, self.params["timeout"], self.params["url"], self.params["server_id"]))
        return {"changed": False, "age": age}


def main():
    module = AnsibleModule(
        argument_spec={
            "url": {"type": "str", "required": True},
            "server_id": {"type": "str", "required": True},
            "token": {"type": "str", "default": "", "no_log": True},
            "version": {"type": "str", "default": ""},
            "elapsed": {"type": "float", "required": True},
            "age": {"type": "int", "default": 60},
            "timeout": {"type": "int", "default": 30},
        },
        supports_check_mode=True,
    )
    module.exit_json(**Reports(module).wait())


if __name__ == "__main__":
    main()
