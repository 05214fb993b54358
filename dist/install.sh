#!/bin/sh
# Installs the program from a release: sh install.sh FROM [TO]
#
# FROM is the address of a release's files, or a folder that holds them; TO is where the program goes (~/.local/bin).
# Nothing is installed that has not the SHA-256 that the release lists. CICERONE_VERSION says which version it is.
set -eu

from=${1:?"say where the files of the release are: an address or a folder"}
to=${2:-$HOME/.local/bin}
version=${CICERONE_VERSION:?"say which version it is, such as 0.1.0"}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 3
}

case $(uname -s) in
  Linux) system=unknown-linux-musl end=tar.gz program=cicerone ;;
  Darwin) system=apple-darwin end=tar.gz program=cicerone ;;
  MINGW* | MSYS* | CYGWIN*) system=pc-windows-msvc end=zip program=cicerone.exe ;;
  *) fail "there is no program for $(uname -s); compile it with \`cargo install cicerone\`" ;;
esac
case $(uname -m) in
  x86_64 | amd64) processor=x86_64 ;;
  aarch64 | arm64) processor=aarch64 ;;
  *) fail "there is no program for $(uname -m); compile it with \`cargo install cicerone\`" ;;
esac
folder=cicerone-$version-$processor-$system
archive=$folder.$end

fetch() {
  case $from in
    http://* | https://*)
      if command -v curl >/dev/null; then
        curl -fsSL --retry 3 -o "$1" "$from/$1"
      else
        wget -q -O "$1" "$from/$1"
      fi
      ;;
    *) cp "$from/$1" "$1" ;;
  esac || fail "\`$from/$1\` cannot be had"
}

sum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

mkdir -p "$to"
to=$(cd "$to" && pwd)
case $from in http://* | https://*) ;; *) from=$(cd "$from" && pwd) ;; esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
fetch SHA256SUMS
fetch "$archive"
listed=$(sed -n "s/^\([0-9a-f]*\)  $archive\$/\1/p" SHA256SUMS)
[ -n "$listed" ] || fail "SHA256SUMS does not list \`$archive\`"
[ "$listed" = "$(sum "$archive")" ] || fail "\`$archive\` is not what SHA256SUMS says; nothing is installed"
case $end in
  zip) unzip -q "$archive" ;;
  *) tar -xzf "$archive" ;;
esac
# Renamed into its place, so that a running program is not written over.
cp "$folder/$program" "$to/.$program.new"
mv -f "$to/.$program.new" "$to/$program"
printf 'Installed %s in %s\n' "$("$to/$program" --version)" "$to"
