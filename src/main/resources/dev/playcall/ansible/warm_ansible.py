"""Ansible as it is imported before a run, and how a run makes it its own. Part of warm.py."""
import atexit
import ctypes
import gc
import importlib
import os
import pkgutil
import random
import re
import signal
import sys
import tempfile
import threading
import traceback

PR_SET_NAME = 15
MARK = "PLAYCALL_RUN_DIR"
# What each run has of its own. Ansible reads it when it is used, or it is read again (see take_over).
PER_RUN = {
    "PLAYCALL_EVENTS", "PLAYCALL_RUN_ID", MARK, "ANSIBLE_CONFIG", "ANSIBLE_LOCAL_TEMP", "ANSIBLE_SSH_CONTROL_PATH_DIR",
    "ANSIBLE_INVENTORY_ENABLED", "ANSIBLE_VAULT_IDENTITY_LIST", "ANSIBLE_BECOME_PASSWORD_FILE",
    "ANSIBLE_CONNECTION_PASSWORD_FILE", "ANSIBLE_SSH_ARGS", "ANSIBLE_HOST_KEY_CHECKING", "ANSIBLE_CALLBACK_RESULT_FORMAT",
}
OF_SHELLS = {"PWD", "OLDPWD", "SHLVL", "_"}  # where the interpreter is a script: it would set them for the run as well
# A secret variable with such a name may change what an import gives.
READ_AT_IMPORT = re.compile(r"(_?ANSIBLE|PYTHON|LC_|LD_|LANG|OPENSSL|CRYPTOGRAPHY)|(HOME|PATH|TZ|USER|COLUMNS)$")
MODULES = (
    "ansible.executor.interpreter_discovery", "ansible.executor.module_common", "ansible.executor.playbook_executor",
    "ansible.executor.process.worker", "ansible.executor.task_executor", "ansible.executor.task_queue_manager",
    "ansible.module_utils.connection", "ansible.module_utils.facts.ansible_collector",
    "ansible.module_utils.facts.default_collectors", "ansible.playbook.handler_task_include",
    "ansible.playbook.included_file", "ansible.playbook.role_include", "ansible.utils.hashing", "encodings.idna",
    "multiprocessing.pool", "multiprocessing.popen_fork", "multiprocessing.synchronize", "queue", "unicodedata", "zipfile",
)
PLUGINS = ("action", "become", "cache", "callback", "connection", "filter", "inventory", "lookup", "shell", "strategy",
           "test", "vars")
NOISY = ("paramiko_ssh", "base")  # they or their libraries may warn when they are imported, which belongs into the output of a run
PLUGIN = re.compile(r"ansible\.plugins\.[a-z_]+\.\w+$")


class Unusable(Exception):
    """In one line: why nothing can be started warm."""


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except (OSError, TypeError):
        return None


def identity(path):
    try:
        entry = os.stat(path)
        return entry.st_mtime_ns, entry.st_size, entry.st_ino
    except OSError:
        return None


class Prepared:
    """@param environment: the one in which Ansible is imported"""

    def __init__(self, program, environment):
        self.program = program
        self.environment = environment
        import ansible.cli.playbook
        from ansible import constants
        self.constants = constants
        self.config = constants.config
        if constants.DEFAULT_LOG_PATH:
            raise Unusable("log_path is set, and its file is opened at the import")
        self.config_text = read(self.config._config_file)
        self.settings = self.by_variable()
        import_more()
        self.collections = self.collection_folders()
        self.refuse_own_folder()
        files = [getattr(m, "__file__", None) for m in list(sys.modules.values())]
        files += [program, os.path.realpath(sys.executable), constants.PLUGIN_FILTERS_CFG, "/etc/ansible/plugin_filters.yml"]
        self.files = {f: identity(f) for f in files if f}
        gc.collect()
        gc.freeze()  # else the first collection of each run would write to all of it, and so copy it

    def by_variable(self):
        found = {}
        for name, definition in self.config.get_configuration_definitions().items():
            for variable in definition.get("env") or ():
                found.setdefault(variable["name"], []).append(name)
        return found

    def collection_folders(self):
        """Which of the paths had collections: Ansible looks when it is imported."""
        paths = list(self.constants.COLLECTIONS_PATHS) + sys.path
        return [p for p in paths if os.path.isdir(os.path.join(p, "ansible_collections"))]

    def refuse_own_folder(self):
        """A setting that counts from the folder of ansible.cfg is another one for each run."""
        own = os.path.dirname(self.config._config_file or "")
        if not self.environment.get("ANSIBLE_CONFIG"):
            return
        for name in self.config.get_configuration_definitions():
            if own in str(getattr(self.constants, name, "")) and name not in ("CONFIG_FILE", "DEFAULT_LOCAL_TMP"):
                raise Unusable("%s is relative to ansible.cfg" % name)

    def is_stale(self):
        """Whether something of what was imported has been replaced since."""
        return any(identity(path) != then for path, then in self.files.items())

    def unlike(self, argv, env, secret):
        """Why a run with these cannot have what is imported here, or None."""
        if argv[0] != self.program:
            return "%s is not %s" % (argv[0], self.program)
        for name in set(env) | set(self.environment):
            if env.get(name) == self.environment.get(name) or name in PER_RUN - secret or name in OF_SHELLS - set(env):
                continue
            if name not in secret or READ_AT_IMPORT.match(name):
                return "it has another %s" % name
        if ("ANSIBLE_CONFIG" in env) != ("ANSIBLE_CONFIG" in self.environment):
            return "it has another ansible.cfg"
        if read(env.get("ANSIBLE_CONFIG", self.config._config_file)) != self.config_text:
            return "ansible.cfg has changed"
        if self.collection_folders() != self.collections:
            return "there are other collections"
        return None

    def take_over(self, argv, env):
        """Makes what is imported that of the run; returns why that is not possible, or None."""
        if not mark(env[MARK]):
            return "its processes could not be found again"
        before = self.environment
        changed = {n for n in set(env) | set(before) if env.get(n) != before.get(n)} | {"ANSIBLE_LOCAL_TEMP"}
        os.environ.clear()
        os.environ.update({n: v for n, v in before.items() if n in OF_SHELLS}, **env)
        sys.argv = list(argv)
        sys.modules["__main__"].__file__ = argv[0]
        show(argv)
        ctypes.CDLL(None).prctl(PR_SET_NAME, os.path.basename(argv[0]).encode()[:15], 0, 0, 0)
        self.renew()
        self.configure(env.get("ANSIBLE_CONFIG"), changed)
        return None

    def configure(self, file, changed):
        if file:
            self.config._parsers[file] = self.config._parsers.get(self.config._config_file)
            self.config._config_file = self.constants.CONFIG_FILE = file
        known = vars(self.constants)
        for name in sorted({s for v in changed for s in self.settings.get(v, ())}):
            setattr(self.constants, name, self.config.get_config_value(name, variables=known))

    @staticmethod
    def renew():
        """What no two runs may have in common: temporary folders, and numbers that nobody is to guess."""
        from ansible.config import manager
        from ansible.utils import vars as unique
        import multiprocessing
        atexit.unregister(manager.cleanup_tmp_file)
        tempfile.tempdir = None
        random.seed()
        unique.random_int = "%08x" % int.from_bytes(os.urandom(4), "big")
        unique.cur_id = 0
        multiprocessing.current_process().authkey = os.urandom(32)


def import_more():
    """What runs import later. A plugin itself is forgotten again: a playbook may bring another one of its name."""
    before = set(sys.modules)
    names = list(MODULES)
    for kind in PLUGINS:
        package = importlib.import_module("ansible.plugins." + kind)
        names += ["%s.%s" % (package.__name__, m.name) for m in pkgutil.iter_modules(package.__path__)
                  if m.name not in NOISY and not m.ispkg]
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            pass  # it, or a library it needs, is not in this version
    for name in [n for n in set(sys.modules) - before if PLUGIN.match(n)]:
        package, _, plugin = name.rpartition(".")
        del sys.modules[name]
        vars(sys.modules[package]).pop(plugin, None)


# -- what others see of a process

def memory(first):
    """Where the kernel finds the arguments (48) or the environment (50) of this process: address and size."""
    with open("/proc/self/stat", "rb") as f:
        fields = f.read().rpartition(b")")[2].split()
    start, end = int(fields[first - 3]), int(fields[first - 2])
    return start, end - start


def show(argv):
    """As which command this process is listed."""
    start, size = memory(48)
    if start:
        ctypes.memmove(start, b"\0".join(os.fsencode(a) for a in argv)[:size - 1].ljust(size, b"\0"), size)


def mark(directory):
    """Puts the run into the environment that others see, where room was kept for it."""
    start, size = memory(50)
    data = b"\0" + (read("/proc/self/environ") or b"")
    at = data.find(b"\0" + MARK.encode() + b"=")
    room = data.find(b"\0", at + 1) - at - len(MARK) - 2
    value = os.fsencode(directory)
    if not start or at < 0 or room < len(value):
        return False
    ctypes.memmove(start + at + len(MARK) + 1, value.ljust(room, b"\0"), room)
    return True


# -- as the interpreter does it

def run():
    """The program, with the end that an interpreter gives it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    code = 1
    try:
        code = result_of_main()
        threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                code = code or 120
        os._exit(code)


def result_of_main():
    from ansible.cli.playbook import main
    try:
        main()
        return 0
    except SystemExit as e:
        if e.code is None or isinstance(e.code, int):
            return (e.code or 0) & 0xFF
        print(e.code, file=sys.stderr)
    except KeyboardInterrupt:
        traceback.print_exc()
        return 128 + signal.SIGINT
    except BaseException:
        traceback.print_exc()
    return 1
