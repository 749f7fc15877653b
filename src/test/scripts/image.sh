#!/bin/sh
# Looks at the container image of `./playcall dist --image` and runs it without an engine (as root, with curl):
#
#     image.sh [TAR]     target/dist/playcall-*-image.tar if not given
#
# The layers are unpacked into target/image-root, which is mounted read-only with the volumes of src/dist/kubernetes, and
# started with chroot as the image's user without any capability. Nothing of it is left afterwards.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
image=${1:-$(find "$home/target/dist" -maxdepth 1 -name '*-image.tar' | head -n 1)}
port=${PORT:-18080}
work=$home/target/image-root
root=$work/root

say() { printf '%s\n' "$*"; }
fail() {
    say "FAILED: $*" >&2
    exit 1
}

if [ -z "${UNSHARED:-}" ]; then
    [ "$(id -u)" -eq 0 ] || fail "chroot needs root"
    if [ -z "$image" ] || [ ! -e "$image" ]; then fail "there is no image; make it with ./playcall dist --image"; fi
    # Mounts and processes of what follows end with it.
    trap 'rm -rf "$work"' EXIT
    UNSHARED=yes unshare --mount --pid --fork --kill-child --mount-proc sh "$0" "$image"
    exit
fi

# ---- layers and configuration ---------------------------------------------------------------------------------------

rm -rf "$work"
mkdir -p "$work/oci" "$root"
tar -C "$work/oci" -xf "$image"
python3 - "$work" <<'PYTHON'
import gzip, json, sys, tarfile
from pathlib import Path

work = Path(sys.argv[1])

def blob(digest):
    return work / "oci" / "blobs" / digest.replace(":", "/")

index = json.loads((work / "oci/index.json").read_text())
manifest = json.loads(blob(index["manifests"][0]["digest"]).read_text())
config = json.loads(blob(manifest["config"]["digest"]).read_text())
print("manifest", index["manifests"][0]["digest"], manifest["mediaType"] if "mediaType" in manifest else "")
for layer in manifest["layers"]:
    with tarfile.open(blob(layer["digest"])) as files:
        members = files.getmembers()
    names = [m.name for m in members if m.isfile()]
    size = sum(m.size for m in members)
    owners = sorted({f"{m.uid}:{m.gid}" for m in members})
    where = "/" + "/".join(names[0].strip("/").split("/")[:3]) if names else "-"
    print(f"layer  {layer['size'] / 1e6:7.1f} MB packed {size / 1e6:7.1f} MB {len(names):6} files, first {where}, owners {' '.join(owners)[:60]}")
    with tarfile.open(blob(layer["digest"])) as files:
        files.extractall(work / "root", numeric_owner=True, filter="fully_trusted") if hasattr(tarfile, "data_filter") else files.extractall(work / "root", numeric_owner=True)
box = config["config"]
for key in ("User", "WorkingDir", "Entrypoint", "Cmd", "ExposedPorts", "Volumes", "Env", "Labels"):
    print(f"{key:12} {json.dumps(box[key])}")
assert box["User"] == "10001:10001", box["User"]
assert box["Entrypoint"] == ["tini", "--", "/opt/playcall/playcall"] and box["Cmd"] == ["serve"]
assert box["WorkingDir"] == "/opt/playcall" and "8080/tcp" in box["ExposedPorts"]
folders = [f"/opt/playcall/{f}" for f in ("config", "playbooks", "inventory", "data", "logs")] + ["/home/playcall/.ssh"]
assert sorted(box["Volumes"]) == sorted(folders), box["Volumes"]
assert not list((work / "root").glob("jib")), "Jib's own layout is in the image"
PYTHON

# ---- as the user of the image ---------------------------------------------------------------------------------------

mount --make-rprivate /
mkdir -p "$work/state/home"
for folder in playbooks inventory; do cp -a "$root/opt/playcall/$folder" "$work/state/"; done
for folder in data logs ssh; do mkdir "$work/state/$folder"; done
chown 10001:10001 "$work"/state/*
mkdir -p "$root/proc" "$root/dev" "$root/tmp"
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount --bind "$work/state/home" "$root/home/playcall"
mkdir -p "$root/home/playcall/.ssh"
for folder in data logs playbooks inventory; do mount --bind "$work/state/$folder" "$root/opt/playcall/$folder"; done
mount --bind "$work/state/ssh" "$root/home/playcall/.ssh"

# Runs a command in the image as its engine would.
inside() {
    chroot "$root" setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
        env -i -C /opt/playcall PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/home/playcall TINI_SUBREAPER=1 \
        PLAYCALL_SERVER_PORT="$port" PLAYCALL_SERVER_HOST=0.0.0.0 PLAYCALL_SERVER_PUBLIC_URL="http://127.0.0.2:$port" \
        PLAYCALL_ADMIN_USER=admin PLAYCALL_ADMIN_PASSWORD="four words and more" "$@"
}

say
say "playcall --version: $(inside tini -- ./playcall --version)"
inside ansible --version | head -n 1
inside sh -c 'touch /opt/playcall/app/x 2>/dev/null' && fail "the program can be written to"

inside tini -- ./playcall serve >"$work/serve.log" 2>&1 &
gateway=$!
waited=0
until code=$(curl -s -o "$work/healthz" -w '%{http_code}' -H 'Host: 10.42.0.7:8080' "http://127.0.0.2:$port/healthz") && [ "$code" = 200 ]; do
    waited=$((waited + 1))
    if [ "$waited" -gt 60 ] || ! kill -0 "$gateway" 2>/dev/null; then
        cat "$work/serve.log"
        fail "/healthz did not answer"
    fi
    sleep 1
done
say "/healthz $code $(cat "$work/healthz") after $waited s"
say "/readyz  $(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.2:$port/readyz")"
[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.2:$port/api/v1/runs")" = 401 ] || fail "the page is open to everybody"
# That of Docker Compose: Jib cannot put one into an image.
python3 - "$home/compose.yaml" "$port" >"$work/health.sh" <<'PYTHON'
import shlex, sys, yaml
test = yaml.safe_load(open(sys.argv[1]))["services"]["playcall"]["healthcheck"]["test"]
print(shlex.join(t.replace("$$", "$").replace("8080", sys.argv[2]) for t in test[1:]))
PYTHON
inside sh -c "$(cat "$work/health.sh")" || fail "the health check of compose.yaml fails"
say "health check of compose.yaml: exit code 0"
inside ./playcall user list
inside ./playcall run ping staging || fail "ping"
inside ./playcall run deploy staging version=v1.2.3 || fail "deploy"
# To tini, as an engine does.
kill -TERM "$(pgrep -P "$gateway")"
ended=0
wait "$gateway" || ended=$?
[ "$ended" -eq 0 ] || fail "serve ended with code $ended"
say "serve ended with code 0 after SIGTERM"
inside ./playcall demo --exit >"$work/demo.log" 2>&1 || {
    tail -n 40 "$work/demo.log"
    fail "demo"
}
tail -n 1 "$work/demo.log"
say "The image is as it should be."
