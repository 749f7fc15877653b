"""Runs a program at a terminal of its own, types one answer at each question, and prints what the terminal showed.

type_hidden.py QUESTION=ANSWER... -- PROGRAM ARGUMENT...
"""

import os
import pty
import sys

split = sys.argv.index("--")
answers = [given.split("=", 1) for given in sys.argv[1:split]]
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[split + 1], sys.argv[split + 1 :])

shown = b""
while True:
    try:
        read = os.read(terminal, 65536)
    except OSError:
        read = b""
    if not read:
        break
    shown += read
    if answers and answers[0][0].encode() in shown:
        os.write(terminal, answers.pop(0)[1].encode() + b"\n")
sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
