"""Makes wheels of Debian's ansible-core and what it needs, and of a tiny package, for tests without a network."""
import importlib.metadata
import pathlib
import sys
import zipfile

OUT = pathlib.Path(sys.argv[1])
HERE = pathlib.Path(importlib.metadata.distribution("ansible-core").locate_file(""))
PARTS = {
    "ansible-core": (["ansible"], ["jinja2>=3.0.0", "PyYAML>=5.1", "packaging", "resolvelib", "cryptography"]),
    "jinja2": (["jinja2"], ["MarkupSafe"]),
    "MarkupSafe": (["markupsafe"], []),
    "PyYAML": (["yaml", "_yaml"], []),
    "packaging": (["packaging"], []),
    "resolvelib": (["resolvelib"], []),
    "cryptography": (["cryptography", "_cffi_backend*.so"], []),
}
SCRIPTS = {"ansible": "adhoc", "ansible-playbook": "playbook", "ansible-galaxy": "galaxy", "ansible-inventory": "inventory",
           "ansible-doc": "doc", "ansible-config": "config", "ansible-vault": "vault"}


def wheel(name, version, requires, files, scripts=()):
    plain = name.replace("-", "_")
    info = f"{plain}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" + "".join(f"Requires-Dist: {r}\n" for r in requires)
    files = dict(files)
    files[f"{info}/METADATA"] = metadata
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    if scripts:
        lines = "".join(f"{s} = ansible.cli.{m}:main\n" for s, m in scripts.items())
        files[f"{info}/entry_points.txt"] = "[console_scripts]\n" + lines
    record = f"{info}/RECORD"
    files[record] = "".join(f"{f},,\n" for f in files) + f"{record},,\n"
    with zipfile.ZipFile(OUT / f"{plain}-{version}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file, content in files.items():
            # The same bytes each time.
            archive.writestr(zipfile.ZipInfo(file, (2020, 1, 1, 0, 0, 0)), content)


def files(patterns):
    found = {}
    for pattern in patterns:
        for top in HERE.glob(pattern):
            for path in [top] if top.is_file() else top.rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyi":
                    found[str(path.relative_to(HERE))] = path.read_bytes()
    return found


OUT.mkdir(parents=True, exist_ok=True)
for name, (patterns, requires) in PARTS.items():
    wheel(name, importlib.metadata.version(name), requires, files(patterns), SCRIPTS if name == "ansible-core" else ())
wheel("acme-greeting", "1.0", [], {"acme_greeting.py": "TEXT = 'from the wheel'\n"})
