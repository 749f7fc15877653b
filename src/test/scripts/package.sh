#!/bin/sh
# Installs, upgrades, removes and purges the package of `./playcall dist` in a clean root of Debian, with the commands of
# docs/upgrade.md, and starts the archive there, where there is no other Java (as root, with a Debian mirror):
#
#     package.sh [FOLDER]     target/dist if not given
#
# The root is the base of the image (src/dist/image/base.sh), unpacked into target/package-root. Nothing of it is left.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
dist=$(CDPATH='' cd -- "${1:-$home/target/dist}" && pwd -P)
root=$home/target/package-root

say() { printf '%s\n' "$*"; }
fail() {
    say "FAILED: $*" >&2
    exit 1
}

if [ -z "${UNSHARED:-}" ]; then
    [ "$(id -u)" -eq 0 ] || fail "chroot needs root"
    sh "$home/src/dist/image/base.sh" "tar://$home/target/image/base.tar"
    trap 'rm -rf "$root"' EXIT
    # Mounts and processes of what follows end with it.
    UNSHARED=yes unshare --mount --pid --fork --kill-child --mount-proc sh "$0" "$dist"
    exit
fi

in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PLAYCALL_SERVER_PORT=0 "$@"; }
playcall() { in_root runuser -u playcall -- playcall "$@"; }

rm -rf "$root"
mkdir -p "$root"
tar -xOf "$home/target/image/base.tar" layer.tar | tar -C "$root" -x
mount --make-rprivate /
mkdir -p "$root/proc" "$root/dev" "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmp "$root/tmp"
cp /etc/resolv.conf "$root/etc/"
in_root userdel --remove playcall 2>/dev/null
# The image leaves out manuals; a usual root has them.
rm -f "$root"/etc/dpkg/dpkg.cfg.d/*
in_root sh -c '! command -v java >/dev/null' || fail "the root is not clean"

# ---- the package ----------------------------------------------------------------------------------------------------

cp "$dist"/playcall_*.deb "$root/tmp/playcall.deb"
in_root apt-get -q update >"$root/tmp/log" 2>&1 || fail "$(tail -n 3 "$root/tmp/log")"
in_root apt-get -q install -y --no-install-recommends /tmp/playcall.deb >"$root/tmp/log" 2>&1 || fail "$(tail -n 5 "$root/tmp/log")"
say "installed: $(playcall --version)"
[ "$(stat -c %a "$root/etc/playcall/environment")" = 640 ] || fail "/etc/playcall/environment"
[ "$(in_root stat -c %U:%a /var/lib/playcall)" = playcall:750 ] || fail "/var/lib/playcall"
in_root cp -R /usr/share/doc/playcall/examples/playbooks /usr/share/doc/playcall/examples/inventory /var/lib/playcall/
in_root chown -R playcall:playcall /var/lib/playcall
playcall doctor >"$root/tmp/doctor" || fail "$(cat "$root/tmp/doctor")"

serve() {
    : >"$root/tmp/serve"
    playcall serve >"$root/tmp/serve" 2>&1 &
    waited=0
    until grep -q '^playcall ready' "$root/tmp/serve"; do
        waited=$((waited + 1))
        [ "$waited" -le 90 ] || fail "$(cat "$root/tmp/serve")"
        sleep 1
    done
}
stop() {
    pkill -TERM -f 'dev.playcall|playcall.jar' || :
    waited=0
    while pgrep -f playcall.jar >/dev/null; do
        waited=$((waited + 1))
        [ "$waited" -le 60 ] || fail "the gateway does not stop"
        sleep 1
    done
}

serve
playcall run ping staging || fail "ping"
backup=/var/lib/playcall/backup-1.db
playcall backup $backup || fail "backup"
[ "$(in_root stat -c %a $backup)" = 600 ] || fail "others can read the backup"
playcall restore $backup --force && fail "restored while the gateway works"
stop

say "# mine" >>"$root/etc/playcall/playcall.yml"
in_root dpkg-deb -R /tmp/playcall.deb /tmp/newer
sed -i 's/^Version: .*/Version: 9.0.0/' "$root/tmp/newer/DEBIAN/control"
say "# of the newer version" >>"$root/tmp/newer/etc/playcall/playcall.yml"
in_root dpkg-deb -Znone -b /tmp/newer /tmp/newer.deb >/dev/null
in_root apt-get -q install -y -o Dpkg::Options::=--force-confold /tmp/newer.deb >"$root/tmp/log" 2>&1 || fail "$(tail -n 5 "$root/tmp/log")"
grep -q '^# mine' "$root/etc/playcall/playcall.yml" || fail "the upgrade replaced the configuration"
say "upgraded to $(in_root dpkg-query -W -f '${Version}' playcall)"
serve
playcall runs | grep -q ping || fail "the upgrade lost the runs"
playcall run ping staging >/dev/null || fail "ping after the upgrade"
playcall show 2 >/dev/null || fail "the second run"
stop

playcall restore $backup --force || fail "restore"
playcall audit verify || fail "audit verify"
serve
playcall show 1 >/dev/null || fail "the restored database has not the run of the backup"
playcall show 2 >/dev/null 2>&1 && fail "the restored database has a run that is newer than the backup"
stop

in_root apt-get -q remove -y playcall >"$root/tmp/log" 2>&1 || fail "$(tail -n 5 "$root/tmp/log")"
[ -e "$root/var/lib/playcall/data/playcall.db" ] && [ -e "$root/etc/playcall/playcall.yml" ] || fail "remove deleted records or configuration"
[ ! -e "$root/usr/lib/playcall" ] || fail "remove left $(find "$root/usr/lib/playcall" | head -n 3)"
in_root apt-get -q purge -y playcall >"$root/tmp/log" 2>&1 || fail "$(tail -n 5 "$root/tmp/log")"
[ ! -e "$root/etc/playcall" ] && [ ! -e "$root/var/lib/playcall/data" ] || fail "purge left records or configuration"
[ -e "$root/var/lib/playcall/playbooks/ping.yml" ] || fail "purge deleted playbooks"
say "removed and purged; playbooks and inventory are kept"

# ---- the archive ----------------------------------------------------------------------------------------------------

mkdir "$root/opt/archive"
tar -C "$root/opt/archive" --strip-components=1 -xzf "$dist"/playcall-*-linux-*.tar.gz
in_root chown -R playcall:playcall /opt/archive
in_root runuser -u playcall -- env HOME=/tmp /opt/archive/playcall demo --exit >"$root/tmp/demo" 2>&1 || fail "$(tail -n 20 "$root/tmp/demo")"
say "archive: $(tail -n 1 "$root/tmp/demo")"
say "Package and archive are as they should be."
