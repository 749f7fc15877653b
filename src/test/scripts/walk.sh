#!/bin/sh
# What somebody does with an Ansible repository and a new Playcall until the first deployment is green, step by step with
# the time that each takes on this machine:
#
#     walk.sh [ARCHIVE]     that of `./playcall dist`; without it what is built in target/
#
# Ends with 1 at the first step that fails, with all that it printed. Everything is in a folder of its own, which is removed.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
archive=${1:-}
folder=$(mktemp -d)
gateway=
total=0
trap 'stop; rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

now() { echo $(($(date +%s%N) / 1000000)); }

stop() {
    [ -n "$gateway" ] || return 0
    kill "$gateway" 2>/dev/null || :
    wait "$gateway" 2>/dev/null || :
    gateway=
}

# step WHAT COMMAND...: runs it, and prints how long it took.
step() {
    what=$1
    shift
    begun=$(now)
    if ! "$@" >"$folder/said" 2>&1; then
        printf 'FAILED: %s\n' "$what" >&2
        cat "$folder/said" >&2
        exit 1
    fi
    took=$(($(now) - begun))
    total=$((total + took))
    printf '%4d.%01d s  %s\n' $((took / 1000)) $((took % 1000 / 100)) "$what"
}

unpack() {
    if [ -n "$archive" ]; then
        mkdir "$folder/playcall" &&
            tar -xzf "$archive" -C "$folder/playcall" --strip-components=1
    else
        mkdir -p "$folder/playcall/app" "$folder/playcall/config" &&
            cp "$home/playcall" "$folder/playcall/" &&
            cp "$home/config/playcall.yml" "$folder/playcall/config/" &&
            cp -R "$home/target/playcall.jar" "$home/target/lib" "$folder/playcall/app/"
    fi
}

# As it is on somebody's server: the walk clones it from there.
prepare() {
    cp -R "$home/src/test/resources/repositories/flat" "$folder/origin"
    git -C "$folder/origin" init --quiet
    rm "$folder/origin/site.yml" # it belongs to another test
    git -C "$folder/origin" add --all
    git -C "$folder/origin" -c user.name=walk -c user.email=walk@example.org commit --quiet --message=All
}

serve() {
    PLAYCALL_SERVER_PORT=0 ./playcall serve >"$folder/gateway" 2>&1 &
    gateway=$!
    until grep -q '^playcall ready' "$folder/gateway"; do
        kill -0 "$gateway" 2>/dev/null || {
            cat "$folder/gateway"
            return 1
        }
        sleep 0.1
    done
}

# Its exit code is that of the last command, here: whether the deployment succeeded.
deploy() { echo deploy production | ./playcall console; }

unchanged() { [ -z "$(git -C "$folder/infrastructure" status --porcelain --ignored | tee /dev/stderr)" ]; }

[ -n "$archive" ] || [ -e "$home/target/playcall.jar" ] || "$home/playcall" --version >/dev/null
prepare
cd "$folder"
step "unpack Playcall" unpack
step "git clone …/infrastructure.git" git clone --quiet "file://$folder/origin" infrastructure
cd playcall
step "./playcall init ../infrastructure --yes" ./playcall init ../infrastructure --yes
grep -q ': deploy production$' "$folder/said" || {
    echo "FAILED: init does not end with the command that follows" >&2
    cat "$folder/said" >&2
    exit 1
}
step "./playcall serve" serve
step "./playcall console: deploy production" deploy
sed -n 's/^/          | /p' "$folder/said"
step "git status: no file of the repository has changed" unchanged
printf '%4d.%01d s  in all\n' $((total / 1000)) $((total % 1000 / 100))
