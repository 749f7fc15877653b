"""ansible-inventory --list for one path after another: loaded once, each answered by a fork of its own.

A line on standard input is a path; what is said goes to <path>.out and <path>.err, and the exit code to standard output.
"""
import os
import sys
import traceback

from ansible.cli.inventory import main


def answer(path):
    os.dup2(os.open(path + ".out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(os.open(path + ".err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    sys.argv = ["ansible-inventory", "-i", path, "--list"]
    try:
        main()
        return 0
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else int(e.code is not None)
    except BaseException:
        traceback.print_exc()
        return 250


def child(path):
    code = 250
    try:
        code = answer(path)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


for line in iter(sys.stdin.readline, ""):
    pid = os.fork()
    if pid == 0:
        child(line.rstrip("\n"))
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
