"""Says how Ansible reaches a host: what a template gives for it, which is the last line of standard output.

Usage: <Ansible's interpreter> reach.py <a program of Ansible> <host> <template> <options of ansible-inventory>
Inventory, ansible.cfg, vault passwords and variables are read as by every program of Ansible. It costs less than half of a module
that is run for it, but uses classes that another version of Ansible may not have: whoever asks has to have another way.
"""
import os
import sys


def main(program, host, template, *options):
    sys.path[0] = os.path.dirname(program)  # not what lies beside this file
    from ansible.cli.inventory import InventoryCLI
    from ansible.template import Templar
    cli = InventoryCLI(["ansible-inventory", "--host=" + host, *options])
    cli.parse()
    load_plugins()
    loader, inventory, variables = cli._play_prereqs()
    templar = Templar(loader=loader, variables=variables.get_vars(host=inventory.get_host(host)))
    print("\n" + str(templar.template(trusted(template))))


def load_plugins():
    try:
        from ansible.plugins.loader import init_plugin_loader
    except ImportError:
        return  # before 2.15, where the import does it
    init_plugin_loader()


def trusted(template):
    try:
        from ansible.template import trust_as_template
    except ImportError:
        return template  # before 2.19
    return trust_as_template(template)


if __name__ == "__main__":
    main(*sys.argv[1:])
