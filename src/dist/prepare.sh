#!/bin/sh
# Makes what an archive and a package need beside the jars: prepare.sh JDK OUTPUT CLASSES CLASSPATH
set -eu
jdk=$1
output=$2
classpath=$4

rm -rf "$output"
mkdir -p "$output/shell"
# The modules that the libraries name or load; jdeps sees only the first kind.
"$jdk/bin/jlink" --add-modules java.base,java.desktop,java.instrument,java.management,java.naming,java.net.http,java.security.jgss,java.sql,jdk.crypto.ec,jdk.localedata,jdk.management,jdk.unsupported,jdk.zipfs \
    --include-locales=en --strip-debug --no-header-files --no-man-pages --generate-cds-archive --compress zip-6 \
    --output "$output/runtime"

playcall() {
    "$output/runtime/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -classpath "$classpath" dev.playcall.cli.Main "$@"
}
for shell in bash zsh fish; do playcall completion "$shell" >"$output/shell/playcall.$shell"; done
playcall man-page >"$output/shell/playcall.1"

# What a package has outside of its own folder.
root=$output/root
mkdir -p "$root/etc/playcall" "$root/usr/share/man/man1" "$root/usr/share/doc/playcall/examples" \
    "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" \
    "$root/usr/share/fish/vendor_completions.d" "$root/lib/systemd/system"
schemas=src/main/resources/dev/playcall/config/schema
sed -e '1s|\$schema=.*/|$schema=schema/|' config/playcall.yml >"$output/playcall.yml"
sed -e '1s|\$schema=.*/|$schema=/usr/share/doc/playcall/schema/|' -e 's|jdbc:sqlite:data/|jdbc:sqlite:/var/lib/playcall/data/|' \
    -e 's|^\(  \(playbooks\|inventory\|logs\|data\)\): \(.*\)|\1: /var/lib/playcall/\3|' config/playcall.yml >"$root/etc/playcall/playcall.yml"
cp src/dist/deb/environment "$root/etc/playcall/environment"
cp src/dist/deb/playcall.service "$root/lib/systemd/system/"
gzip -9n <"$output/shell/playcall.1" >"$root/usr/share/man/man1/playcall.1.gz"
cp "$output/shell/playcall.bash" "$root/usr/share/bash-completion/completions/playcall"
cp "$output/shell/playcall.zsh" "$root/usr/share/zsh/vendor-completions/_playcall"
cp "$output/shell/playcall.fish" "$root/usr/share/fish/vendor_completions.d/playcall.fish"
cp LICENSE "$root/usr/share/doc/playcall/copyright"
cp -R docs/*.md docs/reference "$root/usr/share/doc/playcall/"
cp -R "$schemas" "$root/usr/share/doc/playcall/schema"
cp -R playbooks inventory src/dist/kubernetes "$root/usr/share/doc/playcall/examples/"
