"""Whether the hosts of a playbook can be divided among several Ansible processes (slices), and how. Part of the callback plugin.

A slice knows its own hosts only. What looks at all hosts of a play, or is to be done once for all of them, would be another
thing with slices, so a playbook that has such a thing is run in one.
"""
import os
import re

STRATEGIES = ("linear", "free", "host_pinned")
INCLUDES = ("include_tasks", "include_role", "include")
NO = ("false", "no", "off", "0")
ALL_AT_ONCE = ("100%", "0")  # as serial
KEYWORDS = ("run_once", "throttle", "any_errors_fatal", "delegate_facts")
KEYWORD = re.compile(r"(?<![\w.])['\"]?(%s)['\"]?\s*:\s*([^\s#,}]+)" % "|".join(KEYWORDS))
ENDS_ALL = re.compile(r"\bmeta\s*:\s*['\"]?(end_play|end_batch)\b")
ADDS = re.compile(r"^\s*(?:-\s+)?(?:ansible\.(?:builtin|legacy)\.)?(add_host|group_by)\s*:", re.M)
ONCE_FOR_ALL = re.compile(r"\b(BYPASS_HOST_LOOP)\s*=\s*True")
# Variables of all hosts of a play. A host's own are the same with slices.
ALL_HOSTS = re.compile(r"\b(ansible_play_hosts(?:_all)?|ansible_play_batch|play_hosts|ansible_limit|hostvars)\b(?!\s*\[\s*inventory_hostname\s*\])")
LARGEST = 1 << 20


def short(name):
    return str(name).rsplit(".", 1)[-1]


def is_set(value):
    """A template may turn out to be true."""
    return bool(value) and str(value).lower() not in NO


def why_one(playbook, hosts_of, templated=lambda play, value: value):
    """
    Why this playbook is run in one slice; empty when it can be divided.

    :param hosts_of: the names of the hosts of a play; None where they cannot be known yet
    :param templated: a value of a play with its templates replaced; as it is where they cannot be yet
    """
    plays = playbook.get_plays()
    if not plays:
        return "the playbook has no play"
    of_first = hosts_of(plays[0])
    for play in plays:
        why = of_play(play, templated(play, play.serial)) or of_hosts(play, hosts_of(play), of_first)
        if why:
            return why
    if len(of_first) < 2:
        return "it is for one host" if of_first else "no host matches"
    for play in plays:
        for task in tasks_of(play):
            why = of_task(task) or of_include(task, os.path.abspath(playbook._basedir))
            if why:
                return why
    return of_files(playbook, plays)


def of_files(playbook, plays):
    """
    Why what stands around the tasks cannot be divided: variables of groups and hosts, of roles and of files, templates, plugins. Only
    read as text: a word in a comment costs nothing but the slices.
    """
    return of_texts(sorted(set(around(playbook, plays, os.path.abspath(playbook._basedir)))))


def around(playbook, plays, base):
    from ansible import context
    named = [getattr(playbook, "_file_name", None)]
    for play in plays:
        named += [os.path.join(base, f) for f in play.vars_files or [] if isinstance(f, str) and "{{" not in f]
        named += [(t.get_path() or "").rsplit(":", 1)[0] for t in tasks_of(play)]
        for role in roles_of(play):
            yield from files_below(role._role_path)
    yield from (os.path.abspath(f) for f in named if f and os.path.isfile(f))
    folders = [os.path.join(base, f) for f in ("vars", "templates", "action_plugins")]
    for source in context.CLIARGS.get("inventory") or []:
        if os.path.isdir(source):
            folders.append(source)
        elif os.path.isfile(source):
            yield source
        folders += [os.path.join(os.path.dirname(source), f) for f in ("group_vars", "host_vars")]
    for folder in folders + [os.path.join(base, f) for f in ("group_vars", "host_vars")]:
        yield from walk(folder)


def roles_of(play):
    """With those that they depend on."""
    left = list(play.get_roles())
    seen = []
    while left:
        role = left.pop()
        if role not in seen:
            seen.append(role)
            left += role.get_all_dependencies()
    return seen


def walk(folder):
    for at, _, names in os.walk(folder):
        yield from (os.path.join(at, n) for n in names)


def of_hosts(play, hosts, of_first):
    """A slice would not wait for the others before it begins the next play."""
    from ansible import constants
    if hosts is None:
        return "the hosts of the play \"%s\" are not known before it begins" % play.get_name()
    if any(h in constants.LOCALHOST for h in hosts):
        return "the play \"%s\" is for localhost" % play.get_name()
    return "" if hosts == of_first else "its plays are for different hosts"


def of_play(play, serial):
    name = play.get_name()
    if serial and any(str(s) not in ALL_AT_ONCE for s in (serial if isinstance(serial, list) else [serial])):
        return "the play \"%s\" has serial" % name
    if play.max_fail_percentage is not None:
        return "the play \"%s\" has max_fail_percentage" % name
    if short(play.strategy) not in STRATEGIES:
        return "the play \"%s\" has the strategy %s" % (name, play.strategy)
    if is_set(play.any_errors_fatal):
        return "the play \"%s\" has any_errors_fatal" % name
    found = ALL_HOSTS.search(str(play.vars))
    return "the play \"%s\" uses %s" % (name, found.group(1)) if found else ""


def of_task(task):
    """What about this task holds for all hosts, in words; empty when nothing does."""
    name = "the task \"%s\"" % task.get_name()
    for keyword in KEYWORDS:
        if is_set(getattr(task, keyword, None)):
            return "%s has %s" % (name, keyword)
    action = short(task.action)
    if action in ("add_host", "group_by"):
        return "%s is %s" % (name, action)
    if is_once_for_all(task.action):
        return "%s is %s, which runs once for all hosts" % (name, action)
    if action == "meta":
        what = str((task.args or {}).get("_raw_params") or "")
        if what in ("end_play", "end_batch"):
            return "%s is meta: %s" % (name, what)
    said = " ".join(str(getattr(task, k, None) or "") for k in (
        "args", "when", "loop", "vars", "environment", "delegate_to", "until", "failed_when", "changed_when"))
    found = ALL_HOSTS.search(said)
    return "%s uses %s" % (name, found.group(1)) if found else ""


def of_late(task, looked):
    """
    What a task that comes out of an include brings: itself, the file that it is in, and its role.

    :param looked: files and roles that have been looked through; grows
    """
    role = getattr(task, "_role", None)
    files = [(task.get_path() or "").rsplit(":", 1)[0]]
    if role is not None and role._role_path not in looked:
        looked.add(role._role_path)
        files += files_below(role._role_path)
    return of_task(task) or of_late_files(files, looked)


def of_late_files(files, looked):
    """Ansible names tasks before they begin, but none of its own kind (meta): those are found in the text."""
    new = [f for f in files if f not in looked and os.path.isfile(f)]
    looked.update(new)
    return of_texts(new)


def of_texts(files):
    for file in files:
        why = in_text(file)
        if why:
            return "%s %s" % ("/".join(file.split("/")[-3:]), why)
    return ""


def is_once_for_all(action):
    from ansible.plugins.loader import action_loader
    try:
        plugin = action_loader.get(str(action), class_only=True)
    except Exception:  # a plugin that cannot be loaded is told by its task
        return False
    return getattr(plugin, "BYPASS_HOST_LOOP", False) is True


def tasks_of(play):
    blocks = list(play.compile()) + list(play.handlers)
    handlers = getattr(play, "compile_roles_handlers", None)
    blocks += list(handlers()) if handlers else []
    while blocks:
        one = blocks.pop()
        parts = [p for k in ("block", "rescue", "always") for p in getattr(one, k, None) or []]
        if parts:
            blocks += parts
        elif hasattr(one, "action"):
            yield one


def of_include(task, base):
    """
    The files that an include may bring while the play runs are only looked through as text.

    :param base: the folder of the playbook
    """
    return of_texts(sorted(included(task, base))) if short(task.action) in INCLUDES else ""


def included(task, base):
    if short(task.action) == "include_role":
        name = str(task.args.get("name") or task.args.get("role") or "")
        from ansible import constants
        paths = [os.path.join(base, "roles")] + [str(p) for p in constants.DEFAULT_ROLES_PATH]
        folders = [os.path.join(p, name) for p in paths] if name and "{{" not in name else []
    else:
        role = getattr(task, "_role", None)
        here = os.path.dirname((task.get_path() or "").rsplit(":", 1)[0])
        named = str((task.args or {}).get("file") or (task.args or {}).get("_raw_params") or "").split(" ")[0]
        beside = os.path.dirname(os.path.normpath(os.path.join(here, named))) if "{{" not in named else here
        folders = [role._role_path] if role is not None else [beside] if beside != base else []
        if not folders and os.path.isfile(os.path.join(here, named)):  # among playbooks, which are not meant
            yield os.path.join(here, named)
    for folder in folders:
        yield from files_below(folder)


def files_below(folder):
    """Of a role all but the files that it copies, of another folder what may be tasks."""
    if os.path.isdir(os.path.join(folder, "tasks")):
        for part in ("tasks", "handlers", "defaults", "vars", "meta", "templates", "action_plugins", "lookup_plugins"):
            yield from walk(os.path.join(folder, part))
    else:
        yield from (f for f in walk(folder) if f.endswith((".yml", ".yaml")))


def in_text(file):
    try:
        with open(file, encoding="utf-8", errors="replace") as f:
            text = f.read(LARGEST)
    except OSError:
        return ""
    for keyword, value in KEYWORD.findall(text):
        if is_set(value.strip("'\"")):
            return "has " + keyword
    for pattern, what in (
            (ENDS_ALL, "has meta: %s"), (ALL_HOSTS, "uses %s"), (ADDS, "has %s"), (ONCE_FOR_ALL, "has %s")):
        found = pattern.search(text)
        if found:
            return what % found.group(1)
    return ""


def shares(hosts, count):
    """Every slice gets hosts from all over the list: neighbours are often of one kind, and as slow as each other."""
    return [hosts[i::count] for i in range(min(count, len(hosts)))]
