#!/bin/sh
# Makes the base of the container image of Debian packages, without a container engine or a registry:
#
#     base.sh tar://FILE [SUITE [MIRROR]]    SUITE is a release of Debian, trixie if not given
#
# FILE becomes a docker-archive with one layer. It is kept as long as this script is older; remove it to get newer packages.
# A base that is not a tar:// is one of a registry, and nothing is made.
set -eu

packages="ansible-core,bash,ca-certificates,git,openssh-client,passwd,python3,sshpass,tini"
base=$1
suite=${2:-trixie}
mirror=${3:-}

say() { printf 'image: %s\n' "$*" >&2; }

case $base in
    tar://*) file=${base#tar://} ;;
    *) exit 0 ;;
esac
if [ -e "$file" ] && [ -z "$(find "$0" -newer "$file")" ]; then
    exit 0
fi
if ! command -v mmdebstrap >/dev/null; then
    say "mmdebstrap is needed to make a base image (apt-get install mmdebstrap), or name one that has $packages:"
    say "  ./playcall dist --image -Ddist.image.base=registry.example.org/ansible:latest"
    exit 2
fi

# The same packages give the same bytes: everything is as old as this.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1764374400}
export SOURCE_DATE_EPOCH
folder=$(dirname "$file")/base
rm -rf "$folder"
mkdir -p "$folder"
mode=root
[ "$(id -u)" -eq 0 ] || mode=unshare

say "making the base image of Debian $suite (2 to 5 minutes)…"
# Byte code that is not compared with the times of its sources: those are changed here, and nobody could write it anew.
# shellcheck disable=SC2016,SC2086
mmdebstrap --mode=$mode --variant=minbase --include="$packages" \
    --aptopt='Acquire::Retries "3"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --customize-hook='chroot "$1" groupadd --gid 10001 playcall' \
    --customize-hook='chroot "$1" useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin playcall' \
    --customize-hook='chroot "$1" install -d -m 0700 -o 10001 -g 10001 /home/playcall/.ssh' \
    --customize-hook='chroot "$1" sh -c "python3 -m compileall -q -f --invalidation-mode unchecked-hash /usr/lib/python3*"' \
    --customize-hook='rm -f "$1"/var/cache/apt/*.bin "$1"/etc/hostname "$1"/etc/resolv.conf' \
    "$suite" "$folder/layer.tar" $mirror >"$folder/log" 2>&1 || {
    tail -n 5 "$folder/log" >&2
    say "the packages of Debian $suite could not be unpacked (all that was said is in $folder/log)"
    exit 1
}

layer=$(sha256sum "$folder/layer.tar")
layer=${layer%% *}
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
cat >"$folder/config.json" <<CONFIG
{"created":"$created","architecture":"$(dpkg --print-architecture)","os":"linux","config":{
"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},
"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},
"history":[{"created":"$created","created_by":"mmdebstrap --variant=minbase $suite","comment":"$packages"}]}
CONFIG
printf '[{"Config":"config.json","RepoTags":["playcall-base:%s"],"Layers":["layer.tar"]}]\n' "$suite" >"$folder/manifest.json"
tar -C "$folder" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    -cf "$file.new" manifest.json config.json layer.tar
mv "$file.new" "$file"
rm -rf "$folder"
