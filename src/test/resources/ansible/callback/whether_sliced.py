"""Says of each playbook in a folder whether slices are possible, and ends before anything is run."""
import glob
import importlib.util
import os

from ansible.playbook import Playbook
from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "whether_sliced"
    CALLBACK_NEEDS_ENABLED = False

    def v2_playbook_on_start(self, playbook):
        spec = importlib.util.spec_from_file_location("slicing", os.environ["SLICING"])
        slicing = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(slicing)
        first = playbook.get_plays()[0]
        variables = first.get_variable_manager()
        for file in sorted(glob.glob(os.environ["PLAYBOOKS"] + "/*.yml")):
            one = Playbook.load(file, variable_manager=variables, loader=first.get_loader())
            why = slicing.why_one(one, lambda p: [h.get_name() for h in variables._inventory.get_hosts(p.hosts)])
            print("%s: %s" % (os.path.basename(file)[:-4], why or "slices"))
        raise SystemExit(0)
