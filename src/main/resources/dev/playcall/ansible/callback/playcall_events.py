"""Writes what happens in a play as JSON lines beside Ansible's own output. The lines: docs/run-directory.md."""
from __future__ import annotations

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: playcall_events
    type: aggregate
    short_description: events of a run as JSON lines
    description: Writes one JSON object a line to the file named by PLAYCALL_EVENTS; silent without it.
    requirements: [PLAYCALL_EVENTS in the environment]
"""

CLIP = 4000
KEPT = ("rc", "msg", "stdout", "stderr", "delta", "start", "end", "dest", "path", "state", "version", "ping", "url",
        "status")


def text_of(value, limit=CLIP):
    """Plain text: no NUL and no lone surrogates, which databases refuse, and no more than people read."""
    if isinstance(value, bytes):
        value = value[:limit * 4].decode("utf-8", "replace")
    elif not isinstance(value, str):
        value = str(value)
    value = str.__str__(value)
    if len(value) > limit:
        value = value[:limit] + "\u2026"
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in value)


def plain(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if value == value and abs(value) != float("inf") else str(value)
    return text_of(value)


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "playcall_events"
    CALLBACK_NEEDS_ENABLED = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fd = None
        self.n = 0
        self.lost = 0
        self.torn = False
        self.plays = {}
        self.named = set()
        self.tasks = {}
        path = os.environ.get("PLAYCALL_EVENTS")
        if not path:
            self.disabled = True
            return
        try:
            # Unbuffered: a forked worker could otherwise write a half-filled buffer once more.
            self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        except OSError:
            self.disabled = True

    # -- writing

    def emit(self, e, **fields):
        try:
            if self.lost:
                lost = self.lost
                if not self.put({"e": "gap", "lost": lost}):
                    self.lost += 1
                    return
                self.lost -= lost
            if not self.put({"e": e, **fields}):
                self.lost += 1
        except Exception:  # an event is never worth a run
            self.lost += 1

    def put(self, event):
        line = {"n": self.n + 1, "t": int(time.time() * 1000)}
        line.update(event)
        data = (json.dumps(line, allow_nan=False, default=text_of) + "\n").encode("ascii")
        if self.torn:
            data = b"\n" + data
        try:
            written = os.write(self.fd, data)
        except OSError:
            return False
        if written < len(data):
            self.torn = True
            return False
        self.torn = False
        self.n += 1
        return True

    # -- what is known of a task and a result

    def play_number(self, play):
        return self.plays.setdefault(play._uuid, len(self.plays) + 1)

    def task_number(self, task):
        known = self.tasks.get(task._uuid)
        return known if known else self.describe(task, False)

    def describe(self, task, handler):
        k = self.tasks[task._uuid] = len(self.tasks) + 1
        try:
            path = text_of(task.get_path() or "", 500)
        except Exception:
            path = ""
        hidden = bool(getattr(task, "no_log", False) is True)
        self.emit("task", k=k, p=len(self.plays), uuid=task._uuid, name=text_of(task.get_name(), 300),
                  action=text_of(task.action, 100), path=path, tags=[text_of(t, 100) for t in task.tags],
                  handler=handler, no_log=hidden)
        return k

    def where(self, result):
        task = result._task
        out = {"h": text_of(result._host.get_name(), 300), "k": self.task_number(task)}
        delegated = (result._result.get("_ansible_delegated_vars") or {}).get("ansible_delegated_host")
        if delegated:
            out["to"] = text_of(delegated, 300)
        return out

    @staticmethod
    def is_hidden(result):
        return bool(result._result.get("_ansible_no_log")) or "censored" in result._result

    def reduced(self, result):
        if self.is_hidden(result):
            return {"no_log": True}
        return {k: plain(result._result[k]) for k in KEPT
                if k in result._result and result._result[k] is not None
                and not isinstance(result._result[k], (dict, list))}

    def message(self, result):
        """What an operator wants to read on a phone: of a loop the item that failed, of a command what it said."""
        if self.is_hidden(result):
            return "the output has been hidden due to the fact that 'no_log: true' was specified for this result"
        r = result._result
        for item in r.get("results") or []:
            if isinstance(item, dict) and (item.get("failed") or item.get("unreachable")):
                if item.get("_ansible_no_log") or "censored" in item:
                    return "a hidden loop item failed"
                return self.said(item)
        return self.said(r)

    @staticmethod
    def said(r):
        msg = r.get("msg")
        if isinstance(msg, (list, tuple)):
            msg = "\n".join(text_of(m) for m in msg)
        msg = text_of(msg if msg is not None else r.get("reason") or "")
        rc = r.get("rc")
        if rc and (not msg or "non-zero return code" in msg or msg == "MODULE FAILURE"
                   or msg.startswith("MODULE FAILURE\n")):
            spoken = text_of(r.get("stderr") or r.get("module_stderr") or r.get("stdout") or r.get("module_stdout")
                             or "").strip()
            msg = "exit code %s" % rc + (": " + "\n".join(spoken.splitlines()[-6:]) if spoken else "")
        return msg or "failed without a message"

    def extras(self, result, at):
        if self.is_hidden(result):
            return
        for text in result._result.get("warnings") or []:
            self.emit("warning", text=text_of(text, 1000), deprecated=False, **at)
        for note in result._result.get("deprecations") or []:
            text = note.get("msg") if isinstance(note, dict) else note
            self.emit("warning", text=text_of(text, 1000), deprecated=True, **at)

    # -- the play

    def v2_playbook_on_start(self, playbook):
        from ansible import context
        from ansible.release import __version__
        args = context.CLIARGS
        self.emit("start", v=1, core=__version__, file=text_of(os.path.basename(playbook._file_name), 300),
                  forks=args.get("forks"), check=bool(args.get("check")))

    def v2_playbook_on_play_start(self, play):
        known = play._uuid in self.plays
        p = self.play_number(play)
        fields = {"p": p, "name": text_of(play.get_name(), 300), "strategy": text_of(play.strategy, 100)}
        try:
            manager = play.get_variable_manager()
            hosts = [h.get_name() for h in manager._inventory.get_hosts(play.hosts, order=play.order)]
            batch = manager._inventory.get_hosts(getattr(play, "_batch", None) or play.hosts)
            fields.update(hosts=len(batch), total=len(hosts))
            if not known:
                fields["names"] = [text_of(h, 300) for h in hosts]
        except Exception:
            pass
        if play.serial:
            fields["serial"] = [plain(s) for s in play.serial]
        self.emit("play", **fields)

    def v2_playbook_on_no_hosts_matched(self):
        self.emit("no_hosts", p=len(self.plays))

    def v2_playbook_on_no_hosts_remaining(self):
        self.emit("no_hosts_left", p=len(self.plays))

    def v2_playbook_on_task_start(self, task, is_conditional):
        if task._uuid not in self.tasks:
            self.describe(task, False)

    def v2_playbook_on_handler_task_start(self, task):
        if task._uuid not in self.tasks:
            self.describe(task, True)

    def v2_playbook_on_notify(self, handler, host):
        self.emit("notify", h=text_of(host.get_name(), 300), handler=text_of(handler.get_name(), 300))

    def v2_playbook_on_include(self, included_file):
        self.emit("include", file=text_of(included_file._filename, 500),
                  hosts=[text_of(h.get_name(), 300) for h in included_file._hosts][:1000])

    def v2_playbook_on_stats(self, stats):
        hosts = sorted(stats.processed)
        failed = unreachable = changed = 0
        for host in hosts:
            s = stats.summarize(host)
            failed += 1 if s["failures"] else 0
            unreachable += 1 if s["unreachable"] else 0
            changed += 1 if s["changed"] else 0
            self.emit("recap", h=text_of(host, 300), s=[s["ok"], s["changed"], s["unreachable"], s["failures"],
                                                        s["skipped"], s.get("rescued", 0), s.get("ignored", 0)])
        self.emit("stats", hosts=len(hosts), failed=failed, unreachable=unreachable, changed=changed)

    # -- results

    def v2_runner_on_start(self, host, task):
        self.emit("run", h=text_of(host.get_name(), 300), k=self.task_number(task))

    def v2_runner_on_ok(self, result):
        at = self.where(result)
        self.emit("ok", chg=bool(result._result.get("changed", False)), r=self.reduced(result), **at)
        self.extras(result, {"h": at["h"], "k": at["k"]})

    def v2_runner_on_failed(self, result, ignore_errors=False):
        at = self.where(result)
        self.emit("failed", chg=bool(result._result.get("changed", False)), ignored=bool(ignore_errors),
                  msg=self.message(result), r=self.reduced(result), **at)
        self.extras(result, {"h": at["h"], "k": at["k"]})

    def v2_runner_on_unreachable(self, result):
        at = self.where(result)
        ignored = bool(getattr(result._task, "ignore_unreachable", False))
        self.emit("unreachable", chg=False, ignored=ignored, msg=self.message(result), r=self.reduced(result), **at)

    def v2_runner_on_skipped(self, result):
        at = self.where(result)
        reason = result._result.get("skip_reason")
        self.emit("skipped", h=at["h"], k=at["k"], r={} if self.is_hidden(result) or not reason
                  else {"msg": text_of(reason, 500)})

    def v2_runner_on_async_poll(self, result):
        self.emit("poll", jid=text_of(result._result.get("ansible_job_id", ""), 100), **self.where(result))

    def v2_runner_on_async_ok(self, result):
        self.emit("async_ok", jid=text_of(result._result.get("ansible_job_id", ""), 100), **self.where(result))

    def v2_runner_on_async_failed(self, result):
        self.emit("async_failed", jid=text_of(result._result.get("ansible_job_id", ""), 100), **self.where(result))

    def v2_runner_retry(self, result):
        self.emit("retry", attempt=plain(result._result.get("attempts")), retries=plain(result._result.get("retries")),
                  **self.where(result))

    def item(self, result, state):
        at = self.where(result)
        fields = {"st": state, "h": at["h"], "k": at["k"]}
        if not self.is_hidden(result):
            label = result._result.get("_ansible_item_label", result._result.get("item", ""))
            fields["label"] = text_of(label, 200)
            if state == "failed":
                fields["msg"] = self.said(result._result)
        self.emit("item", **fields)

    def v2_runner_item_on_ok(self, result):
        self.item(result, "changed" if result._result.get("changed") else "ok")

    def v2_runner_item_on_failed(self, result):
        self.item(result, "failed")

    def v2_runner_item_on_skipped(self, result):
        self.item(result, "skipped")

    def v2_on_file_diff(self, result):
        if self.is_hidden(result):
            return
        found = result._result.get("diff")
        results = [r.get("diff") for r in result._result.get("results") or [] if isinstance(r, dict)]
        for diff in [found] + results:
            if diff:
                try:
                    text = self._get_diff(diff)
                except Exception:
                    continue
                at = self.where(result)
                self.emit("diff", h=at["h"], k=at["k"], text=text_of(text, 20000))
