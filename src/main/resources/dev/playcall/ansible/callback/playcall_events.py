"""Writes what happens in a run as JSON lines beside Ansible's own output. The lines: docs/run-directory.md.

It runs inside ansible-core 2.14 and everything since, so it uses what all of them have: v2_ methods, `_host`, `_task` and
`_result`. Nothing that goes wrong here may be seen by the run: no output, no exception. Two things end a run: a registered host
that would be reached somewhere else than at its address, and a task for all hosts in a run that is divided into slices.
"""
from __future__ import annotations

import functools
import gc
import json
import math
import os
import re
import sys
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: playcall_events
    type: aggregate
    short_description: events of a run as JSON lines
    description:
      - Appends one JSON object a line to the file named by the environment variable PLAYCALL_EVENTS.
      - Without that variable it does nothing.
    requirements:
      - PLAYCALL_EVENTS in the environment
"""

LONGEST = 4000
LONGEST_NAME = 300
LONGEST_DIFF = 20000
SLOW_DIFF = 400000  # comparing more text than this costs more time than the diff is worth
TOLD = ("rc", "msg", "stdout", "stderr", "delta", "start", "end", "dest", "path", "state", "version", "ping", "url",
        "status")
# Of a loop item that is a map only its name is told: the rest may hold passwords.
NAMES = ("name", "key", "id", "path", "dest", "src", "host", "user", "title", "label")
SURROGATE_OR_NUL = re.compile("[\0\ud800-\udfff]")
COLOUR = re.compile("\x1b\\[[0-9;]*m")
CRASHED = "Module result deserialization failed"  # 2.19: what the module said instead stands in module_stderr
ASSERTION_FAILED = "Assertion failed"  # where the playbook does not say what is wrong
KEY_CHANGED = "REMOTE HOST IDENTIFICATION HAS CHANGED"
HOST_OF_KEY = re.compile(r"Host key for (\S+) has changed")
KEY_NOW = re.compile(r"\b(SHA256:[A-Za-z0-9+/=]+)")
KEY_BEFORE = re.compile(r"Offending \S+ key in (.+?):(\d+)")
SAYS_NOTHING = ("non-zero return code", "MODULE FAILURE", "One or more items failed", "See stdout/stderr for the exact error", CRASHED)


def text(value, limit=LONGEST):
    """Plain text that a database takes, clipped before anything looks at all of it."""
    if isinstance(value, bytes):
        value = value[:limit * 4].decode("utf-8", "replace")
    elif not isinstance(value, str):
        value = str(value)
    if len(value) > limit:
        value = value[:limit] + "…"
    return SURROGATE_OR_NUL.sub("\ufffd", str.__str__(value))


def plain(value):
    """Value as JSON knows it; subclasses (tagged, unsafe, lazy) come out as their plain type."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(float(value))
    return text(value)


def lines(value):
    """A message is mostly text; `debug` and `fail` also take lists and maps."""
    if isinstance(value, (list, tuple)):
        return text("\n".join(text(v) for v in value[:200]))
    if isinstance(value, dict):
        return text(json.dumps(value, default=text, ensure_ascii=False))
    return text(value)


def last_lines(value, count=6, limit=1500):
    """The end of what a program said; that is where it tells why it gave up."""
    value = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return text("\n".join(value[-limit:].strip().splitlines()[-count:]))


def item_label(item):
    """What to call a loop item."""
    if isinstance(item, dict):
        for key in NAMES:
            if isinstance(item.get(key), (str, int)):
                return text(item[key], 200)
        return text("{" + ", ".join(text(k, 40) for k in list(item)[:8]) + "}", 200)
    if isinstance(item, (list, tuple)):
        return text(", ".join(item_label(i) for i in item[:4]), 200)
    return text(item, 200)


def is_hidden(result):
    return bool(result.get("_ansible_no_log")) or "censored" in result


def is_bad(item):
    return isinstance(item, dict) and bool(item.get("failed") or item.get("unreachable"))


def message(result, items=()):
    """
    Why it failed, in the words an operator needs on a phone.

    :param items: what the items that failed said, where the result itself does not say which they were (2.22)
    """
    if is_hidden(result):
        return "hidden by no_log"
    bad = [one_item(item) for item in result.get("results") or [] if is_bad(item)] or items
    if not bad:
        return said(result)
    more = " (and %d more items)" % (len(bad) - 1) if len(bad) > 1 else ""
    return text(bad[0] + more)


def one_item(item):
    if is_hidden(item):
        return "an item failed, hidden by no_log"
    name = item.get("item") if item.get("_ansible_item_label") is None else item["_ansible_item_label"]
    return (item_label(name) + ": " if name is not None else "") + said(item)


def said(result):
    given = result.get("msg")
    msg = lines(given if given is not None else result.get("reason") or "").strip()
    if not msg or any(phrase in msg for phrase in SAYS_NOTHING):
        msg = with_output(msg, result)
    if result.get("assertion") is not None and msg == ASSERTION_FAILED:
        msg += ": " + lines(result["assertion"])
    return text(key_changed(msg) or msg or "failed without a message")


def key_changed(msg):
    """In place of the page that ssh prints when a host has another key than before; empty for any other message."""
    host = HOST_OF_KEY.search(msg)
    if not host or KEY_CHANGED not in msg:
        return ""
    now, before = KEY_NOW.search(msg), KEY_BEFORE.search(msg)
    return "Host key verification failed: the key of %s has changed%s%s" % (
        host.group(1), "; it is %s" % now.group(1) if now else "",
        "%s the one at line %s of %s" % (", not" if now else "; it is not", before.group(2), before.group(1)) if before else "")


def with_output(msg, result):
    """A return code alone tells nothing, so the last words of the program go with it."""
    rc = result.get("rc")
    head = msg.splitlines()[0].split("See stdout/stderr")[0].strip() if msg else ""
    if head.startswith(CRASHED) or ": " + CRASHED in head:
        head = head[:head.index(CRASHED)] + CRASHED
    elif rc is not None and (not head or head.rstrip(".").endswith(SAYS_NOTHING[0])):  # 2.19 puts words before it
        head = "%s %s" % (SAYS_NOTHING[0], plain(rc))
    for key in ("stderr", "module_stderr", "stdout", "module_stdout", "exception"):
        words = last_lines(result.get(key))
        if words and not words.startswith("(traceback unavailable"):
            return head + ": " + words if head else words
    return head


def warning_text(warning):
    if isinstance(warning, dict):
        warning = warning.get("msg") or warning.get("message") or ""
    elif not isinstance(warning, str):  # since 2.19 it may be a record
        event = getattr(warning, "event", warning)
        warning = getattr(event, "msg", None) or event
    return text(warning, 1000)


def short(connection):
    """`ansible.builtin.ssh`, `smart` and `ssh` are the same."""
    name = text(connection, 100).rsplit(".", 1)[-1]
    return "ssh" if name == "smart" else name


class Connections:
    """What reaches each host, and whether a registered host is reached at its own address."""

    FILE = "registered.json"
    OVER_SSH = "PLAYCALL_OVER_SSH"  # read by our inventory plugin when a play has the inventory read again
    ADDRESSES = ("ansible_host", "ansible_ssh_host")

    def __init__(self, directory):
        self.addresses = {}
        self.play = None
        self.said = {}  # by host: the variable as this play has it
        try:
            with open(os.path.join(directory, self.FILE), encoding="utf-8") as f:
                for host in json.load(f)["hosts"]:
                    address = host["variables"].get("ansible_host")
                    if address:
                        self.addresses[host["name"]] = address
        except FileNotFoundError:
            pass

    def begin(self, play):
        self.play = play
        self.said = {}

    @staticmethod
    def variables(play, host):
        return play.get_variable_manager().get_vars(play=play, host=host, include_hostvars=False)

    def of_task(self, host, task):
        """The connection of a task on its own host; None where it goes to another."""
        if self.play is None or getattr(task, "delegate_to", None):
            return None
        name = host.get_name()
        if name not in self.said:
            self.said[name] = self.variable(self.variables(self.play, host))
        return short(task.get_vars().get("ansible_connection") or self.said[name] or task.connection or "ssh")

    @staticmethod
    def variable(variables):
        said = variables.get("ansible_connection")
        if isinstance(said, str) and "{{" in said:
            from ansible.parsing.dataloader import DataLoader
            from ansible.template import Templar
            return Templar(loader=DataLoader(), variables=variables).template(said)
        return said

    def diverted(self, play):
        """The first registered host of a play that would not be reached at its address, and why."""
        inventory = play.get_variable_manager()._inventory
        for host in inventory.get_hosts(play.hosts):
            address = self.addresses.get(host.get_name())
            why = address and self.elsewhere(play, host, address)
            if why:
                return host.get_name(), "is registered with the address %s, but %s" % (address, why)
        return None

    def elsewhere(self, play, host, address):
        if short(play.connection or "ssh") == "local":  # a play may say that it works on the gateway
            self.over_ssh(host, False)
            return None
        variables = self.variables(play, host)
        if self.is_local(variables):
            # What a group says of all its hosts is not about one that has an address of its own.
            self.over_ssh(host, True)
            variables = self.variables(play, host)
            if self.is_local(variables):
                return "ansible_connection is local for it (host_vars or the play), which is the gateway's own machine"
        for key in self.ADDRESSES:
            if variables.get(key) not in (None, address):
                return "%s is %s for it (group_vars, host_vars or the play)" % (key, text(variables[key], 200))
        return None

    def over_ssh(self, host, on):
        names = set(os.environ.get(self.OVER_SSH, "").split())
        if on:
            names.add(host.get_name())
            host.set_variable("ansible_connection", "ssh")
        elif host.get_name() in names:
            names.remove(host.get_name())
            host.vars.pop("ansible_connection", None)
        os.environ[self.OVER_SSH] = " ".join(sorted(names))

    def is_local(self, variables):
        said = self.variable(variables)
        return said is not None and short(said) == "local"


def beside(name):
    """A module of ours that is no plugin: it stands in the folder above."""
    import importlib.util
    file = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), name + ".py")
    spec = importlib.util.spec_from_file_location("playcall_" + name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def templar_of(play):
    """What replaces templates with the variables of a play that has not begun."""
    from ansible.template import Templar
    variables = play.get_variable_manager().get_vars(play=play)
    return Templar(loader=getattr(play, "_loader", None), variables=variables)


def is_handler(task):
    return type(task).__name__ == "Handler"


def is_rescued(task):
    """Whether a `rescue` stands by for this task: then its failure is not yet one of the host."""
    child, parent = task, getattr(task, "_parent", None)
    while parent is not None:
        if getattr(parent, "rescue", None) and any(c._uuid == child._uuid for c in parent.block):
            return True
        child, parent = parent, getattr(parent, "_parent", None)
    return False


def without_source_lines():
    """
    Since 2.19 Ansible prints the lines of the playbook round an error, also of a task under `no_log`. This has it leave
    them out, as it does for itself where secrets are near. Workers are forked later and keep to it.
    """
    try:
        from ansible._internal._errors._error_utils import RedactAnnotatedSourceContext
        RedactAnnotatedSourceContext().__enter__()
    except Exception:  # before 2.19 there is none
        pass


def in_our_session():
    """
    Since 2.19 each worker begins a session of its own, and with it leaves what a play starts and forgets, or what a killed
    worker was at, looking like a daemon that is meant to stay. Here a worker leads a group in our session, which is all that
    Ansible needs of it (2.21 and later do so themselves where ANSIBLE_WORKER_SESSION_ISOLATION is off, as it is in a run).
    """
    try:
        from ansible.executor.process.worker import WorkerProcess
        detach = WorkerProcess._detach
        if "setsid" not in detach.__code__.co_names or "setpgid" in detach.__code__.co_names:
            return

        def detached(self):  # in the worker
            setsid, os.setsid = os.setsid, functools.partial(os.setpgid, 0, 0)
            try:
                detach(self)
            finally:
                os.setsid = setsid

        WorkerProcess._detach = detached
    except Exception:  # before 2.19 they stay
        pass


def keep_from_collector():
    """What was imported and read so far stays to the end, and a collection in a worker would write to all of it, and so copy it."""
    gc.collect()
    gc.freeze()


PINGS = ("ping", "ansible.builtin.ping", "ansible.legacy.ping")
ROUND_TRIP = "playcall_round_trip_ms"


def with_round_trip():
    """
    Has a `ping` over ssh measure how long the way to the host and back takes on the connection that it opened. Only the
    workers have that connection; they are forked later and keep to this.
    """
    try:
        from ansible.executor.task_executor import TaskExecutor
        execute = TaskExecutor._execute

        def measured(self, *args, **kwargs):
            result = execute(self, *args, **kwargs)
            try:
                data = getattr(result, "result_data", result)  # 2.22: an object that keeps what a module said in this
                bad = is_bad(result) or getattr(result, "failed", False) or getattr(result, "unreachable", False)
                if self._task.action in PINGS and not bad:
                    millis = round_trip(self._connection)
                    if millis is not None:
                        data[ROUND_TRIP] = millis
            except Exception:
                pass  # better nothing than a guess
            return result

        if execute.__name__ != measured.__name__:
            TaskExecutor._execute = measured
    except Exception:
        pass


def round_trip(connection):
    """Milliseconds of the shorter of two empty commands; None where each would open a connection of its own."""
    if short(connection.transport) != "ssh" or not getattr(connection, "_persistent", False):
        return None
    times = []
    for _ in range(2):
        begin = time.monotonic()
        if connection.exec_command("echo", sudoable=False)[0] != 0:
            return None
        times.append(time.monotonic() - begin)
    return round(min(times) * 1000, 1)


def ends_early(task):
    """`end_host`, `end_batch` or `end_play`: how a play ends for a host that needs no more; empty for any other task."""
    if not str(task.action).rsplit(".", 1)[-1] == "meta":
        return {}
    what = text((task.args or {}).get("_raw_params") or "", 50)
    return {"meta": what} if what.startswith("end_") else {}


def removed_hosts():
    """
    Hosts that Ansible went on without: failed, unreachable, or cut off by `any_errors_fatal` and the like, of which there
    is no event. No hook is given this, so it is taken from the object that calls the hooks. None where it is not found.
    """
    frame = sys._getframe(1)
    while frame is not None:
        caller = frame.f_locals.get("self")
        failed = getattr(caller, "_failed_hosts", None)
        unreachable = getattr(caller, "_unreachable_hosts", None)
        if isinstance(failed, dict) and isinstance(unreachable, dict):
            return set(failed) | set(unreachable)
        frame = frame.f_back
    return None


def quiet(method):
    """An event is never worth a run: what goes wrong in a callback is counted as a lost line."""
    @functools.wraps(method)
    def guarded(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except Exception:
            self.events.lost += 1
            return None
    return guarded


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "playcall_events"
    CALLBACK_NEEDS_ENABLED = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.plays = {}
        self.tasks = {}
        self.running = {}  # number of the task that each host began last
        self.tries = {}  # what Ansible called the first attempt of it that failed
        self.play = 0
        self.playbook = None
        self.items = {}  # what the items of a loop said that failed, by host and task
        self.inventory = None  # names that stood in it when the first play began
        self.known = set()  # every host that a play was for
        self.ahead = set()  # hosts of the play that began last of which no batch has begun yet
        self.batch = set()
        self.failing = set()  # hosts that failed or were not reached, where Ansible's own account is not found
        path = os.environ.get("PLAYCALL_EVENTS")
        try:
            self.events = beside("event_file").EventFile(path, text) if path else None
        except OSError:
            self.events = None
        self.disabled = self.events is None
        self.slicing = None
        self.looked = set()  # what slicing has looked through
        self.connections = None if self.disabled else Connections(os.environ.get("PLAYCALL_RUN_DIR") or os.path.dirname(path))
        self.reached = {}  # by host: the connection that was told last
        if not self.disabled:
            without_source_lines()
            in_our_session()
            with_round_trip()

    def emit(self, e, **fields):
        return self.events.add(dict(e=e, **fields))

    # -- what is known of a task and of a result

    def task_number(self, task, handler=None):
        """Describes the task when it is met first. Strategy `free` announces it once a host, `serial` once a batch."""
        known = self.tasks.get(task._uuid)
        if known is not None:
            return known
        k = self.tasks[task._uuid] = len(self.tasks) + 1
        self.emit("task", k=k, p=self.play, uuid=text(task._uuid, 100), name=text(task.get_name(), LONGEST_NAME),
                  action=text(task.action, 100), path=text(task.get_path() or "", 500),
                  tags=[text(t, 100) for t in list(task.tags or [])[:50]],
                  handler=is_handler(task) if handler is None else handler,
                  **ends_early(task),
                  no_log=getattr(task, "no_log", None) is True)
        return k

    def at(self, result):
        return {"h": text(result._host.get_name(), LONGEST_NAME), "k": self.task_number(result._task)}

    def at_with_delegate(self, result):
        where = self.at(result)
        to = getattr(result._task, "delegate_to", None)
        if isinstance(to, str) and to and text(to, LONGEST_NAME) != where["h"]:
            where["to"] = text(to, LONGEST_NAME)
        return where

    @staticmethod
    def reduced(result):
        if is_hidden(result):
            return {"no_log": True}
        told = {}
        for key in TOLD:  # a map here would be somebody's data: `status` of systemd holds whole environments
            value = result.get(key)
            if key == "msg" and isinstance(value, (list, tuple, dict)):
                told[key] = lines(value)
            elif value not in (None, "") and not isinstance(value, (list, tuple, dict)):
                told[key] = plain(value)
        return told

    @staticmethod
    def version(result):
        """What a play says is live on the host now: `set_stats: { data: { version: v1.2.3 }, per_host: true }`."""
        told = {} if is_hidden(result) else result.get("ansible_stats")
        data = told.get("data") if isinstance(told, dict) else None
        value = data.get("version") if isinstance(data, dict) else None
        return {"ver": text(value, 100)} if isinstance(value, str) and value.strip() else {}

    def warnings(self, result):
        r = result._result
        if is_hidden(r) or not (r.get("warnings") or r.get("deprecations")):
            return
        for key, deprecated in (("warnings", False), ("deprecations", True)):
            for warning in list(r.get(key) or [])[:20]:
                self.emit("warning", **self.at(result), text=warning_text(warning), deprecated=deprecated)

    def refuse_diverted(self, plays, playbook=None):
        """Before anything of them is done: a host that is not the one that was meant must not be deployed to."""
        if not self.connections.addresses:
            return
        for play in plays:
            try:
                if playbook is not None:  # as Ansible will do: host_vars beside the playbook are looked for there
                    play.get_loader().set_basedir(play._included_path or playbook._basedir)
                found = self.connections.diverted(play)
            except Exception:
                continue  # such as hosts: "{{ target }}", which is known when the play begins
            if found:
                name, why = found
                self.emit("finding", severity="error", file=text(name, LONGEST_NAME), line=None, text=text(why), rule=None)
                self._display.error("%s %s; nothing more is run" % (name, why))
                raise SystemExit(1)

    # -- the play

    def v2_playbook_on_start(self, playbook):
        self.tell_one_slice()
        self.tell_start(playbook)
        self.refuse_diverted(playbook.get_plays(), playbook)
        if os.environ.get("PLAYCALL_SLICE"):
            self.slicing = beside("slicing")
        if os.environ.get("PLAYCALL_SLICES"):
            self.divide(playbook, int(os.environ["PLAYCALL_SLICES"]))
        keep_from_collector()

    @quiet
    def tell_one_slice(self):
        why = os.environ.get("PLAYCALL_ONE_SLICE")
        if why:
            self.emit("slices", count=1, why=text(why, 500))

    def divide(self, playbook, count):
        """Says which slice has which hosts and keeps to the first; where they cannot be divided, slices.py starts anew."""
        try:
            why = self.slicing.why_one(playbook, self.names_of, self.templated)
        except Exception as e:
            why = "its hosts could not be divided (%s)" % text(e, 200)
        if why:
            self.emit("slices", count=1, why=text(why, 500))
            raise SystemExit(0)
        play = playbook.get_plays()[0]
        shares = self.slicing.shares(self.names_of(play), count)
        play.get_variable_manager()._inventory.subset(shares[0])
        self.emit("slices", count=len(shares), hosts=shares)

    @classmethod
    def names_of(cls, play):
        """The hosts of a play that has not begun, in their order; None where its pattern cannot be templated yet."""
        try:
            pattern = templar_of(play).template(play.hosts)
            return [str(h.get_name()) for h in play.get_variable_manager()._inventory.get_hosts(pattern)]
        except Exception:
            return None

    @staticmethod
    def templated(play, value):
        try:
            return templar_of(play).template(value)
        except Exception:  # such as a variable that is not there yet
            return value

    def refuse_in_slices(self, task):
        """What an include brought that holds for all hosts of the run, before it is done once for each slice."""
        if self.slicing:
            self.refuse_sliced(self.slicing.of_late(task, self.looked), task.get_path() or "")

    def refuse_sliced(self, why, path):
        if why:
            said = why + ", which does not go with slices: set slices to 1"
            self.emit("finding", severity="error", file=text(os.path.basename(path), LONGEST_NAME).split(":")[0],
                      line=None, text=text(said), rule=None)
            self._display.error(said + "; nothing more is run")
            raise SystemExit(1)

    @quiet
    def tell_start(self, playbook):
        from ansible import context
        from ansible.release import __version__
        self.playbook = playbook
        args = context.CLIARGS
        self.emit("start", v=1, core=text(__version__, 50), file=text(os.path.basename(playbook._file_name), 300),
                  forks=plain(args.get("forks")), check=bool(args.get("check")))

    def v2_playbook_on_play_start(self, play):
        self.tell_play(play)
        self.refuse_diverted([play])

    @quiet
    def tell_play(self, play):
        self.connections.begin(play)
        first = play._uuid not in self.plays
        self.play = self.plays.setdefault(play._uuid, len(self.plays) + 1)
        fields = {"p": self.play, "name": text(play.get_name(), LONGEST_NAME), "strategy": text(play.strategy, 100)}
        hosts = play.hosts if isinstance(play.hosts, list) else [play.hosts]
        fields["pattern"] = text(",".join(str(h) for h in hosts), LONGEST_NAME)
        batch, total = self.hosts_of(play)
        fields.update(hosts=len(batch), total=len(total))
        self.began(first, {h.get_name() for h in batch}, {h.get_name() for h in total})
        if first:
            fields["names"] = [text(h.get_name(), LONGEST_NAME) for h in total]
        added = [text(h.get_name(), LONGEST_NAME) for h in batch if self.is_added(play, h.get_name())]
        if added:
            fields["added"] = added
        if play.serial:
            fields["serial"] = [plain(s) for s in play.serial]
        self.emit("play", **fields)

    def is_added(self, play, host):
        """Whether it stands in no inventory: made by `add_host`, or the implicit localhost."""
        if self.inventory is None:
            self.inventory = set(play.get_variable_manager()._inventory.hosts)
        return host not in self.inventory

    def began(self, first, batch, total):
        self.ahead = (total if first else self.ahead) - batch
        self.batch = batch
        self.known |= total

    def unfinished(self):
        """
        Hosts that did not go through every play that was for them. When all of a batch are removed Ansible ends there:
        batches and plays that would have followed are never announced. `end_play` also leaves out batches, but not plays.
        """
        removed = removed_hosts()
        removed = set(self.failing) if removed is None else removed
        left_out = [play for play in self.playbook.get_plays() if play._uuid not in self.plays]
        names = set(removed)
        if left_out or self.batch <= removed:
            names |= self.ahead
        for play in left_out:
            names |= self.hosts_to_come(play)
        return sorted(names)

    def hosts_to_come(self, play):
        """Hosts of a play that never began; where that cannot be known, all that there are."""
        try:
            pattern = templar_of(play).template(play.hosts)
            inventory = play.get_variable_manager()._inventory
            return {h.get_name() for h in inventory.get_hosts(pattern, ignore_restrictions=True)}
        except Exception:
            return set(self.known)

    @quiet
    def tell_unfinished(self):
        for host in self.unfinished():
            self.emit("unfinished", h=text(host, LONGEST_NAME),
                      **({"added": True} if host not in (self.inventory or [host]) else {}))

    @staticmethod
    def hosts_of(play):
        """Hosts of this batch, and of all batches: the executor narrows the inventory to one batch at a time."""
        try:
            inventory = play.get_variable_manager()._inventory
            total = inventory.get_hosts(play.hosts, ignore_restrictions=True, order=play.order)
            return inventory.get_hosts(play.hosts), total
        except Exception:
            return [], []

    @quiet
    def v2_playbook_on_no_hosts_matched(self):
        self.emit("no_hosts", p=self.play)

    @quiet
    def v2_playbook_on_no_hosts_remaining(self):
        self.emit("no_hosts_left", p=self.play)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.refuse_in_slices(task)
        self.tell_task(task)

    def v2_playbook_on_handler_task_start(self, task):
        self.refuse_in_slices(task)
        self.tell_task(task, handler=True)

    @quiet
    def tell_task(self, task, handler=None):
        self.task_number(task, handler)

    @quiet
    def v2_playbook_on_notify(self, handler, host):
        self.emit("notify", h=text(host.get_name(), LONGEST_NAME), handler=text(handler.get_name(), LONGEST_NAME))

    def v2_playbook_on_include(self, included_file):
        if self.slicing:
            file = str(included_file._filename)
            self.refuse_sliced(self.slicing.of_late_files([file], self.looked), file)
        self.tell_include(included_file)

    @quiet
    def tell_include(self, included_file):
        self.emit("include", file=text(included_file._filename, 500),
                  hosts=[text(h.get_name(), LONGEST_NAME) for h in included_file._hosts[:1000]])

    @quiet
    def v2_playbook_on_stats(self, stats):
        self.tell_unfinished()
        hosts = sorted(stats.processed)
        sums = [stats.summarize(host) for host in hosts]
        for host, s in zip(hosts, sums):
            self.emit("recap", h=text(host, LONGEST_NAME), s=[
                s["ok"], s["changed"], s["unreachable"], s["failures"], s["skipped"], s.get("rescued", 0),
                s.get("ignored", 0)])
        self.events.add_last({
            "e": "stats", "hosts": len(hosts), "failed": sum(1 for s in sums if s["failures"]),
            "unreachable": sum(1 for s in sums if s["unreachable"]), "changed": sum(1 for s in sums if s["changed"])})

    # -- results

    @quiet
    def v2_runner_on_start(self, host, task):
        k = self.running[host.get_name()] = self.task_number(task)
        self.tries.pop(host.get_name(), None)
        self.emit("run", h=text(host.get_name(), LONGEST_NAME), k=k, **self.connection(host, task))

    def connection(self, host, task):
        """Told with the first task, and when it is another one than before."""
        try:
            connection = self.connections.of_task(host, task)
        except Exception:
            return {}  # better nothing than a guess
        if connection is None or self.reached.get(host.get_name()) == connection:
            return {}
        self.reached[host.get_name()] = connection
        return {"conn": connection}

    @quiet
    def v2_runner_on_ok(self, result):
        r = result._result
        self.emit("ok", **self.at_with_delegate(result), chg=bool(r.get("changed")), r=self.reduced(r),
                  **self.version(r), **({"rtt": r[ROUND_TRIP]} if ROUND_TRIP in r else {}))
        self.warnings(result)

    @quiet
    def v2_runner_on_failed(self, result, ignore_errors=False):
        r = result._result
        rescued = not ignore_errors and is_rescued(result._task)
        if not ignore_errors and not rescued:
            self.failing.add(result._host.get_name())
        self.emit("failed", **self.at_with_delegate(result), chg=bool(r.get("changed")), ignored=bool(ignore_errors),
                  **({"rescued": True} if rescued else {}),
                  msg=message(r, self.items.pop(self.place(result), ())), r=self.reduced(r))
        self.warnings(result)

    @staticmethod
    def place(result):
        return result._host.get_name(), result._task._uuid

    @quiet
    def v2_runner_on_unreachable(self, result):
        r = result._result
        ignored = getattr(result._task, "ignore_unreachable", None) is True
        if not ignored:
            self.failing.add(result._host.get_name())
        self.emit("unreachable", **self.at_with_delegate(result), chg=False, ignored=ignored, msg=message(r),
                  r=self.reduced(r))

    @quiet
    def v2_runner_on_skipped(self, result):
        r = result._result
        told = self.reduced(r)
        if "no_log" not in told and r.get("skip_reason"):
            condition = r.get("false_condition")
            told["msg"] = text(r["skip_reason"], 500) + (": " + text(condition, 500) if condition else "")
        self.emit("skipped", **self.at(result), r=told)
        self.warnings(result)

    def item(self, result, state):
        fields = dict(self.at(result), st=state)
        r = result._result
        if not is_hidden(r):
            named = r.get("_ansible_item_label")
            fields["label"] = item_label(r.get("item") if named is None else named)
            if state == "failed":
                fields["msg"] = said(r)
        self.emit("item", **fields)

    @quiet
    def v2_runner_item_on_ok(self, result):
        self.item(result, "changed" if result._result.get("changed") else "ok")

    @quiet
    def v2_runner_item_on_failed(self, result):
        self.items.setdefault(self.place(result), []).append(one_item(result._result))
        self.item(result, "failed")

    @quiet
    def v2_runner_item_on_skipped(self, result):
        self.item(result, "skipped")

    @quiet
    def v2_runner_retry(self, result):
        r = result._result
        given = plain(r.get("attempts")) or 1
        # The attempt that failed. 2.22 names the one that comes next instead, also where the first has just failed.
        attempt = given - self.tries.setdefault(result._host.get_name(), given) + 1
        self.emit("retry", **self.at(result), attempt=attempt, retries=plain(r.get("retries")))

    def job(self, e, result):
        r = result._result
        jid = r.get("ansible_job_id") or (r.get("async_result") or {}).get("ansible_job_id") or ""
        host = result._host.get_name()
        k = self.tasks.get(result._task._uuid)
        if k is None:  # a look at a job is a task of its own that nobody wrote; what it looks at is what the host runs
            k = self.running.get(host) or self.task_number(result._task)
        self.emit(e, h=text(host, LONGEST_NAME), k=k, jid=text(jid, 100))

    @quiet
    def v2_runner_on_async_poll(self, result):
        self.job("poll", result)

    @quiet
    def v2_runner_on_async_ok(self, result):
        self.job("async_ok", result)

    @quiet
    def v2_runner_on_async_failed(self, result):
        self.job("async_failed", result)

    @quiet
    def v2_on_file_diff(self, result):
        r = result._result
        # In a loop this hook is called for every item and once more with all of them together.
        if r.get("diff") and r.get("changed") and not is_hidden(r) and not r.get("results"):
            self.emit("diff", **self.at(result), text=self.unified(r["diff"]))

    def unified(self, found):
        parts = found if isinstance(found, list) else [found]
        sides = [d.get(side) for d in parts for side in ("before", "after")]
        size = sum(len(s) for s in sides if isinstance(s, (str, bytes)))
        if size > SLOW_DIFF:
            return "(too large to compare: %d characters)" % size
        return text(COLOUR.sub("", self._get_diff(found)), LONGEST_DIFF)
