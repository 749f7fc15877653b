#!/bin/sh
# Health of the web application below $1, asked on the host itself. Prints one line that begins with a status as HTTP
# has them; exit code 0 only for 200. Everything it says was read from what is deployed there.
set -u
root=$1

answer() {
    printf '%s: %s\n' "$1" "$2"
    [ "$1" = 200 ]
    exit
}

[ ! -e "$root/maintenance" ] || answer 503 "maintenance page is on"
[ -L "$root/current" ] || answer 503 "no release is live"

linked=$(basename "$(readlink "$root/current")")
[ -r "$root/current/VERSION" ] || answer 500 "release $linked has no version file"
version=$(cat "$root/current/VERSION")
[ "$version" = "$linked" ] || answer 500 "release $linked says that it is $version"

running=$(cat "$root/RUNNING" 2>/dev/null)
[ "$running" = "$version" ] || answer 500 "${running:-nothing} is running, not $version"

[ -r "$root/current/app.conf" ] || answer 500 "release $version has no configuration"
port=$(sed -n 's/^http_port *= *//p' "$root/current/app.conf")
case $port in
    '' | *[!0-9]*) answer 500 "http_port \"$port\" in app.conf is not a number" ;;
esac
if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
    answer 500 "http_port $port in app.conf is not a port"
fi

answer 200 "$version on port $port"
