#!/usr/bin/python
"""The directories of an agent, all in one step: on a thousand hosts each step counts."""
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: agent_directories
short_description: creates directories with their owners and modes
options:
  directories:
    description: what is to be there; one without an owner is created if it is missing, and otherwise left as it is
    type: list
    elements: dict
    required: true
author: Playcall
"""
EXAMPLES = r"""
- name: Create the directories
  agent_directories: {directories: [{path: /opt/agent, owner: root, group: root, mode: '0755'}]}
"""
RETURN = r"""
created: {description: directories that were not there, returned: always, type: list}
"""

import os

from ansible.module_utils.basic import AnsibleModule


def missing(path):
    """A directory and those above it that are not there, the uppermost first."""
    found = []
    while path and path != "/" and not os.path.isdir(path):
        found.insert(0, path)
        path = os.path.dirname(path)
    return found


def main():
    module = AnsibleModule(
        argument_spec={"directories": {"type": "list", "elements": "dict", "required": True}},
        supports_check_mode=True,
    )
    created, changed = [], False
    try:
        for wanted in module.params["directories"]:
            path = os.path.normpath(wanted["path"])
            new = missing(path)
            created += new
            if new and module.check_mode:
                continue
            for directory in new:
                os.mkdir(directory, 0o755)
            for directory in new if "owner" not in wanted else sorted(set(new + [path])):
                changed |= module.set_fs_attributes_if_different({
                    "path": directory, "mode": wanted.get("mode", "0755"), "owner": wanted.get("owner"),
                    "group": wanted.get("group"), "secontext": [None, None, None], "attributes": None}, False)
    except (OSError, IOError, KeyError) as e:
        module.fail_json(msg="the directories cannot be created: %s" % e)
    module.exit_json(changed=changed or bool(created), created=created)


if __name__ == "__main__":
    main()
