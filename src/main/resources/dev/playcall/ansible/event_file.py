"""The file of the events of a run. The lines: docs/run-directory.md."""
import errno
import json
import os
import time

LAST_WORD = 3.0  # seconds the closing line may wait for room on a full disk
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class EventFile:
    """Appends lines to a file. A full disk costs lines, which are counted, and never more than that."""

    def __init__(self, path, text=str):
        """
        :param text: makes text of what JSON does not know
        """
        # No Python buffer: a forked worker could write the content of one again.
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self.text = text
        self.n = 0
        self.lost = 0
        self.torn = False

    def add(self, event):
        if self.lost and self.put({"e": "gap", "lost": self.lost}):
            self.lost = 0
        if self.lost or not self.put(event):
            self.lost += 1
            return False
        return True

    def add_last(self, event):
        """Without the closing line a run counts as broken off, so this one is worth some patience."""
        limit = time.monotonic() + LAST_WORD
        while not self.add(event):
            if time.monotonic() > limit:
                return
            self.lost -= 1  # this one is not lost yet
            time.sleep(0.1)

    def put(self, event):
        line = {"n": self.n + 1, "t": int(time.time() * 1000)}
        line.update((key, value) for key, value in event.items() if key != "n")
        data = json.dumps(line, allow_nan=False, default=self.text, separators=(",", ":")).encode("ascii") + b"\n"
        if self.torn:
            data = b"\n" + data  # closes the half line that a full disk left
        try:
            written = os.write(self.fd, data)
        except OSError as e:
            if e.errno not in NO_ROOM + (errno.EINTR, errno.EAGAIN):
                raise
            return False
        # All but the line feed is a whole line, which only needs to be closed.
        self.torn = written < len(data) and (written > 0 or self.torn)
        whole = written >= len(data) - 1
        self.n += whole
        return whole
