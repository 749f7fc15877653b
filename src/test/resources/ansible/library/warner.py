#!/usr/bin/python3
"""A module that does nothing but warn."""
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule(argument_spec={})
module.warn("mind the gap")
module.deprecate("this will go away", version="99.0", collection_name="ansible.builtin")
module.exit_json(changed=False)
