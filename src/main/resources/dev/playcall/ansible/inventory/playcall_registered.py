"""Hosts that were registered with Playcall and stand in no inventory file.

The gateway writes them beside a run (docs/run-directory.md), so that a run keeps what it began with. Every text is handed on
as data: what was registered by a program is never a template.
"""
from __future__ import annotations

import json
import os

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin

try:
    from ansible.utils.unsafe_proxy import wrap_var
except ImportError:  # a later Ansible trusts no text that it was not told to trust
    def wrap_var(value):
        return value

DOCUMENTATION = """
name: playcall_registered
short_description: hosts that were registered with Playcall
description:
  - Reads the file that the gateway writes for each run.
"""

FILE = "registered.json"


class InventoryModule(BaseInventoryPlugin):
    NAME = "playcall_registered"

    def verify_file(self, path):
        """Only the one file that nobody else writes: anything else is another plugin's."""
        return os.path.basename(path) == FILE and super().verify_file(path)

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        try:
            with open(path, encoding="utf-8") as f:
                document = json.load(f)
            self.source, hosts = document.get("source"), document["hosts"]
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise AnsibleParserError("%s cannot be read: %s" % (path, e))
        for host in hosts:
            self.add(host)

    def add(self, host):
        name = host["name"]
        new = name not in self.inventory.hosts
        self.inventory.add_host(name)
        if new and self.source:  # the folder of the environment and not that of the run, which is another one each time
            self.inventory.set_variable(name, "inventory_file", self.source)
            self.inventory.set_variable(name, "inventory_dir", os.path.dirname(self.source))
        for tag in host["tags"]:
            self.inventory.add_group(tag)
            self.inventory.add_host(name, group=tag)
        for variable, value in host["variables"].items():
            self.inventory.set_variable(name, variable, wrap_var(value))
        if name in os.environ.get("PLAYCALL_OVER_SSH", "").split():  # the events plugin has seen its groups say local
            self.inventory.set_variable(name, "ansible_connection", "ssh")
