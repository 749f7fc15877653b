#!/usr/bin/python3
"""Does of uv what its manual says that `uv venv` and `uv pip compile|install|check` do, with pip, and writes down how it was asked.

An environment of it has no pip. An option that it does not know is an error, as of uv.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PIP = next(pathlib.Path("/usr/share/python-wheels").glob("pip-*.whl"))
VALUES = {"--python", "--output-file", "--requirement", "--find-links", "--index-url"}
FLAGS = {"--generate-hashes", "--no-header", "--no-annotate", "--require-hashes", "--no-index"}


def end(text, code=2):
    sys.exit(print(text, file=sys.stderr) or code)


def read(words):
    options, rest = {}, []
    words = list(words)
    while words:
        name, equals, value = words.pop(0).partition("=")
        if name in VALUES:
            options[name] = value if equals else words.pop(0)
        elif name in FLAGS:
            options[name] = None
        elif name.startswith("-"):
            end("error: unexpected argument '%s' found" % name)
        else:
            rest.append(name + equals + value)
    return options, rest


def pip(options, command, *more):
    given = [k if v is None else k + "=" + v for k, v in options.items() if k in ("--no-index", "--find-links", "--index-url", "--require-hashes", "--requirement")]
    ended = subprocess.run([options["--python"], str(PIP / "pip"), "--disable-pip-version-check", command, *given, *more],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ended.returncode:
        missing = [line.rpartition(" ")[2] for line in ended.stdout.splitlines() if "No matching distribution found for" in line]
        end("  \u00d7 No solution found when resolving dependencies:\n"
            "  \u2570\u2500\u25b6 Because %s was not found in the provided package locations and you require\n"
            "      %s, we can conclude that your requirements are unsatisfiable." % (missing[0], missing[0]) if missing else ended.stdout, 1)


def main():
    with open(pathlib.Path(__file__).parent / "asked", "a") as asked:
        asked.write(" ".join(sys.argv[1:]) + " in " + os.getcwd() + "\n")
    command = sys.argv[1] if sys.argv[1] != "pip" else "pip " + sys.argv[2]
    options, rest = read(sys.argv[3 if sys.argv[1] == "pip" else 2:])
    if command == "venv":
        return subprocess.run([options["--python"], "-I", "-m", "venv", "--without-pip", *rest]).returncode
    if command == "pip check":
        return pip(options, "check")
    if command == "pip install":
        return pip(options, "install", "--ignore-installed")
    if command != "pip compile":
        end("error: unrecognized subcommand '%s'" % command)
    with tempfile.NamedTemporaryFile("r") as report:
        pip(options, "install", "--dry-run", "--ignore-installed", "--report=" + report.name, "--requirement=" + rest[0])
        with open(options["--output-file"], "w") as out:
            for package in json.load(report)["install"]:
                archive = package["download_info"]["archive_info"]
                digest = archive.get("hashes", {}).get("sha256") or archive["hash"].partition("=")[2]
                out.write("%s==%s \\\n    --hash=sha256:%s\n" % (package["metadata"]["name"].lower(), package["metadata"]["version"], digest))


sys.exit(main())
