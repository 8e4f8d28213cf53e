#!/bin/sh
# Usage: install-system-packages.sh LIST...
#
# Sees to it that the packages in the lists are there. On Debian and Ubuntu the missing ones are installed
# when that is allowed (root, or sudo that asks for no password). Otherwise they are named, and the exit
# code is 3: the caller decides whether it can go on without them.
set -eu

wanted() { # the lines of the lists without comments: "package|other-name proof"
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@"
}

installed() { # by the packaging system, so that half-removed packages do not count
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

any_installed() { # package|other-name
    for package in $(echo "$1" | tr '|' ' '); do
        if installed "$package"; then return 0; fi
    done
    return 1
}

present() { # a program, a library or a file, on systems without dpkg
    case $1 in
        /*) [ -e "$1" ] ;;
        *.so.*) PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -qF "$1" ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing() { # packages where there is dpkg, else the programs and libraries
    wanted "$@" | while read -r package proof; do
        if command -v dpkg-query >/dev/null 2>&1; then
            any_installed "$package" || echo "$package"
        else
            present "$proof" || echo "$proof"
        fi
    done | sort -u
}

known() { # the first name that the package lists of this system hold
    for package in $(echo "$1" | tr '|' ' '); do
        if apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then
            echo "$package"
            return
        fi
    done
    echo "$package" # apt-get then says itself that it does not know it
}

give_up() {
    echo "Missing on this system: $(missing "$@" | tr '\n' ' ')" >&2
    exit 3
}

[ -n "$(missing "$@")" ] || exit 0
command -v apt-get >/dev/null 2>&1 || give_up "$@"

if [ "$(id -u)" = 0 ]; then
    as_root=''
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    give_up "$@"
fi

$as_root apt-get update -qq || true # lists that are there already may do
packages=$(missing "$@" | while read -r package; do known "$package"; done)
echo "Installing system packages:" $packages
told=$(mktemp)
# shellcheck disable=SC2086 # the words are the packages
if ! $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends --no-remove $packages >"$told" 2>&1; then
    cat "$told" >&2
fi
rm -f "$told"
[ -z "$(missing "$@")" ] || give_up "$@"
