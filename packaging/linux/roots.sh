# Bare Debian systems in a folder, for other scripts to source (bash): made by debootstrap, with what this
# machine has of apt settings, proxies and certificates lent to them, and entered in namespaces of their own.
# shellcheck shell=bash

MARK=.made-for-memorybook

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

mirror() { # SUITE: where this machine gets its own Debian packages, if it does
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages' 2>/dev/null |
        awk -v suite="$1" '$2 == suite { exact = exact ? exact : $1 }
            $3 == "Debian" && $2 !~ /-/ { other = other ? other : $1 }
            END { print exact ? exact : other }'
}

make_bare_root() { # SUITE ROOT: anew, of the essential packages and apt alone
    local suite=$1 root=$2
    if [ -e "$root" ]; then
        [ -f "$root/$MARK" ] || fail "$root is there already and was not made by this script"
        rm -rf --one-file-system "$root"
    fi
    mkdir -p "$root/lent"
    touch "$root/$MARK"
    # shellcheck disable=SC2046 # without a mirror debootstrap takes its own
    debootstrap --variant=minbase "$suite" "$root" $(mirror "$suite") >"$root/lent/debootstrap.log" ||
        fail "debootstrap: see $root/lent/debootstrap.log"
    cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
    lend_certificates "$root"
}

lend_certificates() { # ROOT
    local bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
    [ -f "$bundle" ] && cp -L "$bundle" "$1/lent/certificates.crt" || true
}

bind() { # PLACE ROOT: the same place of this machine
    mkdir -p "$2$1"
    mount --rbind "$1" "$2$1"
}

mount_root() { # ROOT, in a mount and a process namespace: nothing of this outlives them
    mount --bind "$1" "$1"
    mount -t proc proc "$1/proc"
    bind /sys "$1"
    bind /dev "$1"
}

in_root() { # ROOT COMMAND...: as root of the bare system, with an environment of its own
    local root=$1 lent=()
    shift
    while IFS= read -r line; do lent+=("$line"); done < <(
        env | grep -iE '^((https?|ftp|all|no)_proxy|PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|DEFAULT_TIMEOUT|TRUSTED_HOST))='
    )
    [ -f "$root/lent/certificates.crt" ] && lent+=(PIP_CERT=/lent/certificates.crt SSL_CERT_FILE=/lent/certificates.crt)
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "${lent[@]}" "$@"
}
