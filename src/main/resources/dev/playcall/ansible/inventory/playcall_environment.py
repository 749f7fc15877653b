"""The hosts of an environment where its files alone do not say them: what plugins and scripts gave, and one group of a file.

The gateway writes both beside a run (docs/run-directory.md), so that a run keeps what it began with and nothing is asked again.
"""
from __future__ import annotations

import json
import os

from ansible import constants as C
from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin

try:  # since 2.19, which keeps whether a text may be a template; values of an inventory's own JSON may, those marked unsafe not
    from ansible.module_utils.common.json import get_decoder
    from ansible.template import trust_as_template

    DECODER = get_decoder("inventory_legacy")
except ImportError:
    from ansible.parsing.ajson import AnsibleJSONDecoder as DECODER

    def trust_as_template(text):
        return text

DOCUMENTATION = """
name: playcall_environment
short_description: the hosts of an environment of Playcall
description:
  - Reads the file that the gateway writes for each run.
"""

FILE = "environment.json"
OURS = {"playcall_environment", "playcall_registered"}


class InventoryModule(BaseInventoryPlugin):
    NAME = "playcall_environment"

    def verify_file(self, path):
        """The file that nobody else writes. Where no plugin but ours may read, the other sources are only named so that
        Ansible finds the group_vars beside them."""
        return os.path.basename(path) == FILE or set(C.INVENTORY_ENABLED) <= OURS

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        if os.path.basename(path) != FILE:
            return
        try:
            with open(path, encoding="utf-8") as f:
                document = json.load(f)
            fetched = self.decoded(document.get("fetched"))
        except (OSError, ValueError) as e:
            raise AnsibleParserError("%s cannot be read: %s" % (path, e))
        if document.get("warning"):
            self.display.warning(document["warning"])
        if fetched:
            self.add_all(fetched, document["source"])
        if document.get("group"):
            self.keep(document["group"])

    def decoded(self, fetched):
        """Decoded by itself: since 2.19 it is the place below the top of the document that says what is a variable."""
        return json.loads(trust_as_template(json.dumps(fetched)), cls=DECODER)

    def add_all(self, fetched, source):
        groups = {name: group for name, group in fetched.items() if name != "_meta"}
        hosts = fetched["_meta"].get("hostvars", {})
        for name in groups:
            self.inventory.add_group(name)
        for name, group in groups.items():
            for child in group.get("children", []):
                self.inventory.add_group(child)
                self.inventory.add_child(name, child)
            for variable, value in group.get("vars", {}).items():
                self.inventory.set_variable(name, variable, value)
            for host in group.get("hosts", []):
                self.add_host(host, source)
                self.inventory.add_child(name, host)
        for host, variables in hosts.items():
            self.add_host(host, source)
            for variable, value in variables.items():
                self.inventory.set_variable(host, variable, value)

    def add_host(self, name, source):
        if name not in self.inventory.hosts:
            self.inventory.add_host(name)
            self.inventory.set_variable(name, "inventory_file", source)
            self.inventory.set_variable(name, "inventory_dir", os.path.dirname(source))

    def keep(self, group):
        """The other hosts of the file belong to other environments."""
        if group not in self.inventory.groups:
            raise AnsibleParserError("there is no group %s in the inventory" % group)
        kept = {host.name for host in self.inventory.groups[group].get_hosts()}
        for host in [h for name, h in self.inventory.hosts.items() if name not in kept]:
            self.inventory.remove_host(host)
