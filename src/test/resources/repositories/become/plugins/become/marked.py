DOCUMENTATION = """
    name: marked
    short_description: runs a command with a variable that says as whom
    description: what sudo does for this test
    options:
      become_user:
        description: who
        default: root
        ini: [{section: privilege_escalation, key: become_user}]
        vars: [{name: ansible_become_user}]
      become_exe:
        description: unused
        default: env
        vars: [{name: ansible_become_exe}]
      become_flags:
        description: unused
        default: ""
        vars: [{name: ansible_become_flags}]
      become_pass:
        description: unused
        vars: [{name: ansible_become_password}]
"""
from ansible.plugins.become import BecomeBase


class BecomeModule(BecomeBase):
    name = "marked"

    def build_become_command(self, cmd, shell):
        super().build_become_command(cmd, shell)
        return "env BECAME=%s %s" % (self.get_option("become_user"), self._build_success_command(cmd, shell))
