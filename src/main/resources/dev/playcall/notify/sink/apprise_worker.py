"""Hands messages to Apprise for as long as its gateway lives.

Reads one JSON object a line: id, url, title, body, type. Answers one a line: id and ok, and where it failed the status of
the answer, what was wrong with a certificate, or that the address is not understood. Addresses hold secrets: they come in here, are in no argument and no
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
# What is said of a certificate, in words of requests and of OpenSSL, and what we call it.
CERTIFICATE = (
    ("certificate has expired", "expired"),
    ("not yet valid", "not_yet_valid"),
    ("mismatch", "host_name"),
    ("doesn't match", "host_name"),
    ("CERTIFICATE_VERIFY_FAILED", "authority"),
    ("SSLError", "handshake"),
)
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
        if lines is None or len(lines) >= MOST_LINES:
            return
        # Of what is meant for those who look for a fault only the reason of a connection that failed is of use.
        if record.levelno >= logging.INFO or record.msg.startswith("Socket Exception"):
            lines.append(record.getMessage())


def status():
    for line in heard.lines:
        found = STATUS.search(line)
        if found:
            return int(found.group(1))
    return 0


def certificate():
    failed = " ".join(line for line in heard.lines if "SSLError" in line)
    return next((name for words, name in CERTIFICATE if words in failed), "")


def send(apprise, asset, message):
    heard.lines = []
    answer = {"id": message["id"], "ok": False, "status": 0, "tls": "", "unknown": False}
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
            if not answer["ok"]:
                answer["status"] = status()
                answer["tls"] = certificate()
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
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addHandler(Ear())
    # In the thread that asks, so that what is logged is known to belong to its message.
    asset = apprise.AppriseAsset(async_mode=False)
    say({"ready": True})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for line in sys.stdin.buffer:
            pool.submit(send, apprise, asset, json.loads(line))
        # The gateway no longer exists: nobody hears what comes of the rest, and the next one sends it again.
        os._exit(0)


main()
