#!/bin/bash
# Usage: clean-root.sh make SUITE FOLDER
#        clean-root.sh run FOLDER [--no-network] [--lend PLACE INSIDE]... COMMAND...       (both as root)
#
# `make` makes a bare Debian of any suite in FOLDER: the essential packages and apt, no Python, no compiler.
# `run` runs a command in it as root, in mount and process namespaces of its own, so that nothing outlives it;
# with --no-network without any way to a network. --lend shows it a file or folder of this machine.
set -euo pipefail
. "$(dirname "$(realpath "$0")")/roots.sh"

lend() { # PLACE INSIDE
    if [ -d "$1" ]; then
        mkdir -p "$2"
    else
        mkdir -p "$(dirname "$2")"
        touch "$2"
    fi
    mount --bind "$1" "$2"
}

inside() { # ROOT [PLACE INSIDE]... -- COMMAND...
    local root=$1
    shift
    mount_root "$root"
    while [ "$1" != -- ]; do
        lend "$1" "$root$2"
        shift 2
    done
    shift
    in_root "$root" "$@"
}

[ "$(id -u)" = 0 ] || fail "this needs root, for debootstrap and chroot"
case ${1:-} in
    make)
        command -v debootstrap >/dev/null || fail "debootstrap is needed"
        make_bare_root "$2" "$(realpath -m "$3")"
        ;;
    run)
        root=$(realpath "$2")
        shift 2
        apart=(--mount --pid --fork --kill-child)
        lent=()
        while true; do
            case ${1:-} in
                --no-network)
                    apart+=(--net)
                    shift
                    ;;
                --lend)
                    lent+=("$2" "$3")
                    shift 3
                    ;;
                *) break ;;
            esac
        done
        exec unshare "${apart[@]}" "$0" --inside "$root" "${lent[@]}" -- "$@"
        ;;
    --inside)
        shift
        inside "$@"
        ;;
    *) fail "usage: clean-root.sh make SUITE FOLDER, or clean-root.sh run FOLDER COMMAND..." ;;
esac
