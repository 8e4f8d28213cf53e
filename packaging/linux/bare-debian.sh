#!/bin/bash
# Usage: bare-debian.sh FOLDER [MAKE-TARGET...]       (as root, with debootstrap; default targets: test run)
#
# Makes a bare Debian 12 in FOLDER, installs git and make there and nothing else, clones the commit that is
# checked out here, and runs the targets in the clone, as a person with a new computer would. Says how long each
# took; ends with the first failure. FOLDER stays for a look around, and is made anew by the next run.
#
# Packages come from where this machine gets them: its apt and pip settings, proxies, certificates and local
# package folders are lent to the bare system and are in no way part of the project.
set -euo pipefail

SUITE=bookworm
SELF=$(realpath "$0")
PROJECT=$(dirname "$(dirname "$(dirname "$SELF")")")
. "$(dirname "$SELF")/roots.sh"

timed() { # WHAT COMMAND...
    local what=$1 begun=$SECONDS
    shift
    echo "== $what"
    "$@" || fail "$what failed after $((SECONDS - begun)) s"
    echo "== $what: $((SECONDS - begun)) s"
}

# ---- outside: make the bare system ----

lend_sources() { # all that this machine gets packages from, where it is the same Debian
    local root=$1
    # shellcheck disable=SC1091
    if [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" = $SUITE ]; then
        rm -f "$root/etc/apt/sources.list" # it would name the same places twice
        cp -r /etc/apt/sources.list /etc/apt/sources.list.d "$root/etc/apt/" 2>/dev/null || true
        cp -r /usr/share/keyrings/. "$root/usr/share/keyrings/" 2>/dev/null || true
    fi
}

lend_pip() {
    local root=$1
    mkdir -p "$root/root/.config/pip" "$root/root/.pip"
    cp /etc/pip.conf "$root/etc/pip.conf" 2>/dev/null || true
    cp "$HOME/.pip/pip.conf" "$root/root/.pip/" 2>/dev/null || true
    cp "${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf" "$root/root/.config/pip/" 2>/dev/null || true
}

make_root() {
    local root=$1
    make_bare_root $SUITE "$root"
    lend_sources "$root"
    lend_pip "$root"
    git -C "$PROJECT" bundle create --quiet "$root/lent/project.bundle" \
        HEAD "$(git -C "$PROJECT" branch --show-current)"
}

# ---- inside a mount and process namespace of its own: nothing of this outlives the run ----

bind_local_packages() { # the folders that pip's settings name on this machine; an index lies beside its files
    local root=$1 place
    { env | grep '^PIP_' || true; cat "$root"/{etc,root/.pip,root/.config/pip}/pip.conf 2>/dev/null || true; } |
        grep -oE '(file://)?/[^[:space:]"]+' | sed -e 's,^file://,,' -e 's,/simple/*$,,' | sort -u |
        while read -r place; do
            if [ -d "$place" ]; then bind "$place" "$root"; fi
        done
}

inside() {
    local root=$1 target
    shift
    mount_root "$root"
    bind_local_packages "$root"
    in_root "$root" apt-get update -qq
    timed "apt-get install git make" in_root "$root" sh -c 'apt-get install -y -qq git make >/dev/null 2>&1'
    in_root "$root" git clone --quiet /lent/project.bundle /root/memorybook
    for target in "$@"; do
        timed "make $target" in_root "$root" make -C /root/memorybook "$target"
    done
}

if [ "${1:-}" = --inside ]; then
    shift
    inside "$@"
    exit
fi

[ $# -ge 1 ] || fail "usage: bare-debian.sh FOLDER [MAKE-TARGET...]"
[ "$(id -u)" = 0 ] || fail "this needs root, for debootstrap and chroot"
command -v debootstrap >/dev/null || fail "debootstrap is needed"
root=$(realpath -m "$1")
shift
[ $# -gt 0 ] || set -- test run
timed "a bare Debian 12 in $root" make_root "$root"
unshare --mount --pid --fork --kill-child "$SELF" --inside "$root" "$@"
