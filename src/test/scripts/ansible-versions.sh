#!/bin/sh
# Other versions of ansible-core beside the installed one, for the integration tests:
#
#     ansible-versions.sh                fetches all that are known, each into target/ansible/VERSION
#     ansible-versions.sh 2.22           fetches this one
#     ansible-versions.sh 2.22 A,B       builds Playcall and runs these integration tests on it
#
# The packages come from the Debian mirror of this system by apt itself, which keeps its state under target/: what is
# installed stays as it is. Each version has the Python and the C library of its own Debian release, and is a folder to put
# in front of PATH: target/ansible/VERSION/bin. Without a mirror nothing is made, and the end is not an error.
set -eu

packages="ansible-core python3-jinja2 python3-markupsafe python3-yaml python3-packaging python3-resolvelib
    python3-cryptography python3-cffi-backend python3-bcrypt libc6 zlib1g libexpat1 libssl3t64 libffi8 libbz2-1.0 liblzma5 libsqlite3-0 libuuid1 libzstd1
    libyaml-0-2 libgcc-s1"
all="2.19 2.22"

say() { printf 'ansible-versions: %s\n' "$*" >&2; }

# The Debian release that has it, and the Python of that.
release() {
    case $1 in
        2.19) echo trixie 3.13 ;;
        2.22) echo forky 3.14 ;;
        *)
            say "unknown version $1; known are: $all"
            exit 2
            ;;
    esac
}

mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -nE 's/^URIs:[[:space:]]*([^[:space:]]+).*/\1/p; s/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p' |
        grep -E '/debian/?$' | head -n 1
}

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)

fetch() {
    version=$1 folder=$home/target/ansible/$1
    if [ -x "$folder/bin/ansible-playbook" ]; then
        return 0
    fi
    from=$(release "$version")
    python=python${from#* } from=${from% *}
    if ! command -v apt-get >/dev/null || [ -z "$(mirror)" ]; then
        say "no Debian mirror is configured here; ansible-core $version is not tested"
        return 1
    fi
    apt=$home/target/ansible/apt-$from
    rm -rf "$folder" "$apt"
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/debs"
    echo "deb $(mirror) $from main" >"$apt/sources.list"
    if ! (cd "$apt/debs" && apt "$apt" update &&
        apt "$apt" download $packages "$python-minimal" "lib$python-minimal" "lib$python-stdlib") >"$apt/log" 2>&1; then
        say "the Debian mirror could not be reached or lacks a package ($apt/log); ansible-core $version is not tested"
        return 1
    fi
    for package in "$apt"/debs/*.deb; do
        dpkg-deb --extract "$package" "$apt/root"
    done
    mkdir -p "$folder"
    mv "$apt"/root/usr/* "$folder"
    rm -rf "$apt/root" "$apt/debs"
    programs "$folder" "$python"
    if ! "$folder/bin/ansible-playbook" --version >>"$apt/log" 2>&1; then
        rm -rf "$folder"
        say "what was unpacked does not start ($apt/log); ansible-core $version is not tested"
        return 1
    fi
    say "ansible-core $version is in $folder/bin"
}

apt() {
    state=$1
    shift
    timeout 300 apt-get -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$state/lists" -o Dir::State::status=/dev/null -o Dir::Cache="$state" \
        -o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o APT::Update::Error-Mode=any -o APT::Sandbox::User=root "$@"
}

# Its Python is started by the loader of its own C library, and takes its own name for the place where its library is. It
# lies aside, as Ansible looks on the PATH for the Python of a host.
programs() {
    loader=$(find "$1/lib" "$1/lib64" -name 'ld-linux*.so.*' 2>/dev/null | head -n 1)
    libraries=$(dirname "$(find "$1/lib" -name 'libc.so.6' | head -n 1)")
    mkdir -p "$1/libexec"
    mv "$1/bin/$2" "$1/libexec/$2"
    rm -f "$1"/bin/python*
    cat >"$1/bin/python3" <<PYTHON
#!/bin/sh
exec "$loader" --library-path "$libraries" --argv0 "$1/bin/python3" "$1/libexec/$2" "\$@"
PYTHON
    chmod 755 "$1/bin/python3"
    ln -s python3 "$1/bin/python"
    for program in "$1"/bin/ansible*; do
        # Debian has links there; the first line of what they point to names the Python that is installed.
        sed "1s|^#!.*|#!$1/bin/python3|" "$program" >"$program.new"
        rm "$program"
        mv "$program.new" "$program"
        chmod 755 "$program"
    done
}

run_tests() {
    cd "$home"
    say "$2 on ansible-core $1"
    PATH=$home/target/ansible/$1/bin:$PATH PLAYCALL_TEST_ANSIBLE_CORE=$1 \
        ./playcall test -Dit.test="$2" -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
}

case $# in
    0)
        for version in $all; do
            fetch "$version" || true
        done
        ;;
    1)
        release "$1" >/dev/null
        fetch "$1" || true
        ;;
    2)
        release "$1" >/dev/null
        if fetch "$1"; then
            run_tests "$1" "$2"
        fi
        ;;
    *)
        say "usage: ansible-versions.sh [VERSION [TEST-CLASSES]]"
        exit 2
        ;;
esac
