"""Hands messages to Apprise for as long as its gateway lives.

Reads one JSON object a line: id, url, title, body, type. Answers one a line: id and ok, and where it failed the status of
the answer, or that the address is not understood. Addresses hold secrets: they come in here, are in no argument and no
file, and nothing that Apprise says of them goes back.
"""

import json
import logging
import os
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

STATUS = re.compile(r"error[=: ]+([1-5][0-9]{2})\b")
AT_ONCE = 8
MOST_LINES = 200

# Whatever a library prints must not get between the answers.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

turn = threading.Lock()
heard = threading.local()


def say(answer):
    with turn:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


class Ear(logging.Handler):
    """Keeps what Apprise logs about the message that this thread sends."""

    def emit(self, record):
        lines = getattr(heard, "lines", None)
        if lines is not None and len(lines) < MOST_LINES:
            lines.append(record.getMessage())


def status():
    for line in heard.lines:
        found = STATUS.search(line)
        if found:
            return int(found.group(1))
    return 0


def send(apprise, asset, message):
    heard.lines = []
    answer = {"id": message["id"], "ok": False, "status": 0, "unknown": False}
    try:
        service = apprise.Apprise(asset=asset)
        if service.add(message["url"]):
            answer["ok"] = bool(
                service.notify(
                    body=message["body"] or message["title"],
                    title=message["title"],
                    notify_type=message["type"],
                    body_format=apprise.NotifyFormat.TEXT,
                )
            )
            answer["status"] = 0 if answer["ok"] else status()
        else:
            answer["unknown"] = True
    except Exception:  # pylint: disable=broad-except
        # What a plugin stumbles over is its own affair; the next message has to get through.
        pass
    finally:
        heard.lines = None
        say(answer)


def main():
    try:
        import apprise
    except ImportError:
        say({"ready": False})
        return
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(Ear())
    # In the thread that asks, so that what is logged is known to belong to its message.
    asset = apprise.AppriseAsset(async_mode=False)
    say({"ready": True})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for line in sys.stdin.buffer:
            pool.submit(send, apprise, asset, json.loads(line))
        # The gateway is gone: nobody hears what comes of the rest, and the next one sends it again.
        os._exit(0)


main()
