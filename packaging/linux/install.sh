#!/bin/sh
# Memory Book for one account, without root:   sh install.sh
# What is there already is renewed. To take it away again:   sh install.sh --uninstall
#
# The program goes into ~/.local/share/memorybook-app, each version into a folder of its own. The link `current`
# there decides which one is started; it is put over the old one in one step when the new one is whole, so that
# there is always one that starts. The version before stays until the next time: it may still be running.
# Books and copies are never touched.
set -eu
umask 022
unset CDPATH

id=org.memorybook.memorybook
here=$(cd "$(dirname "$0")" && pwd -P)
data=${XDG_DATA_HOME:-${HOME:?}/.local/share}
app=$data/memorybook-app
bin=$HOME/.local/bin
command=$bin/memorybook
list=$app/installed-files

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

where_the_books_are() {
    say "Your books and their copies stay where they are. They are in the folder that you chose;"
    documents=$(xdg-user-dir DOCUMENTS 2>/dev/null) || documents=$HOME
    [ "$documents" != "$HOME" ] || documents=$HOME/Documents # it says the home where nothing is chosen
    [ -d "$documents" ] || documents=$HOME
    say "at first that is suggested in $documents, as 'Memory Book' and 'Memory Book copies'."
    settings=${XDG_CONFIG_HOME:-$HOME/.config}/memorybook/settings.json
    [ -f "$settings" ] || return 0
    last=$(sed -n 's/^ *"last_book": "\(..*\)",\{0,1\}$/\1/p' "$settings")
    if [ -n "$last" ] && [ -d "$last" ]; then say "The last one you opened is $last"; fi
}

refresh() { # what menus and file managers remember; each of these programs may be missing
    mkdir -p "$data/applications" "$data/mime/packages" "$data/icons/hicolor"
    update-desktop-database -q "$data/applications" 2>/dev/null || :
    update-mime-database "$data/mime" >/dev/null 2>&1 || :
    touch "$data/icons/hicolor" 2>/dev/null || :
    if [ -f "$data/icons/hicolor/icon-theme.cache" ]; then
        gtk-update-icon-cache -q -f -t "$data/icons/hicolor" 2>/dev/null || :
    fi
    rmdir "$data/applications" "$data/mime/packages" "$data/icons/hicolor" "$data/icons" 2>/dev/null || :
}

remove_listed() { # LIST KEEP: the files in LIST that are not in KEEP, and the folders that are empty then
    [ -f "$1" ] || return 0
    while IFS= read -r file; do
        if grep -qxF -e "$file" "$2" 2>/dev/null; then continue; fi
        rm -f "$data/$file"
        folder=$(dirname "$file")
        while [ "$folder" != . ] && rmdir "$data/$folder" 2>/dev/null; do folder=$(dirname "$folder"); done
    done <"$1"
}

is_our_command() { # the link that an earlier time made
    case $(readlink "$command" 2>/dev/null) in
        "$app"/*) return 0 ;;
        *) return 1 ;;
    esac
}

uninstall() {
    if [ ! -d "$app" ]; then
        say "Memory Book is not installed in $data."
        where_the_books_are
        return 0
    fi
    remove_listed "$list" /dev/null
    if is_our_command; then rm -f "$command"; fi
    rm -rf "$app"
    refresh
    say "Memory Book is removed from this account."
    where_the_books_are
}

needed() { sed -n "s/^$1=//p" "$here/needs"; } # NAME: what the program was made for

newer() { # A B: whether A is a newer version than B
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n | tail -n 1)" = "$1" ]
}

refuse_what_cannot_run() {
    machine=$(uname -m)
    if [ "$(uname -s)" != Linux ] || [ "$machine" != "$(needed machine)" ]; then
        stop "This Memory Book is for Linux on $(needed machine), and this computer is $(uname -s) on $machine." \
            "Nothing was changed."
    fi
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed -n 's/^glibc //p') || glibc=
    if [ -z "$glibc" ]; then
        stop "This Memory Book needs a system with glibc, as Debian, Ubuntu, Fedora and openSUSE have it." \
            "It was not found here. Nothing was changed."
    fi
    if newer "$(needed glibc)" "$glibc"; then
        stop "This Memory Book needs a newer system: glibc $(needed glibc) (Debian 12, Ubuntu 22.04, Fedora 36 or" \
            "later), and here it is $glibc. Nothing was changed."
    fi
}

refuse_parts() { # this file is of no use alone
    for part in SHA256SUMS needs program/memorybook share; do
        [ -e "$here/$part" ] || stop "$here/$part is missing. Please unpack the archive anew. Nothing was changed."
    done
}

check_whole() { # what was unpacked is what was packed
    (cd "$here" && sha256sum --check --status --strict SHA256SUMS) ||
        stop "Something in $here is damaged. Please unpack or download the archive anew. Nothing was changed."
}

entry() { # the menu entry, which names the program by its place: menus may not look into ~/.local/bin
    place=$(printf '%s' "$app/current/memorybook" | # quoted as the specification of menu entries has it
        sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')
    while IFS= read -r line; do
        case $line in
            Exec=memorybook*) printf 'Exec="%s"%s\n' "$place" "${line#Exec=memorybook}" ;;
            TryExec=*) ;;
            *) printf '%s\n' "$line" ;;
        esac
    done <"$1"
}

share_files() { # what goes into the folder of the account's data
    (cd "$here/share" && find . -type f) | sed 's|^\./||' | sort
}

put() { # FILE, relative to share: beside it first, then in its place
    mkdir -p "$data/$(dirname "$1")"
    if [ "$1" = "applications/$id.desktop" ]; then
        entry "$here/share/$1" >"$data/$1.new"
    else
        cp "$here/share/$1" "$data/$1.new"
    fi
    mv -f "$data/$1.new" "$data/$1"
}

link() { # TARGET LINK: over what is there, in one step
    ln -s "$1" "$2.new.$$"
    mv -fT "$2.new.$$" "$2"
}

clear_versions() { # but for the one that is started and the one that was
    for folder in "$app"/[0-9]* "$app"/coming.*; do
        case $folder in
            "$app/$1" | "$app/$2") ;;
            "$app"/coming.*) kill -0 "${folder##*.}" 2>/dev/null || rm -rf "$folder" ;; # another one at work
            *) rm -rf "$folder" ;;
        esac
    done
}

undone() {
    rm -rf "$app/coming.$$" "$app/current.new.$$" "$list.new"
    rmdir "$app" 2>/dev/null || :
}

install() {
    [ -d "$HOME" ] || stop "There is no home folder to install into."
    refuse_parts
    refuse_what_cannot_run
    check_whole
    version=$(needed version)
    mkdir -p "$app"
    before=$(readlink "$app/current" 2>/dev/null) || before=
    coming=$app/coming.$$
    trap 'undone' EXIT
    trap 'exit 1' HUP INT TERM
    cp -RP "$here/program" "$coming" || stop "There was no room in $data. Nothing was changed."
    "$coming/memorybook" --version >/dev/null 2>&1 ||
        stop "The program does not start from $data. Nothing was changed."
    name=$version
    number=1
    while [ -e "$app/$name" ]; do
        number=$((number + 1))
        name=$version-$number
    done
    share_files >"$list.new"
    mv "$coming" "$app/$name"
    cp "$here/install.sh" "$app/install.sh.new"
    mv -f "$app/install.sh.new" "$app/install.sh"
    link "$name" "$app/current"
    while IFS= read -r file; do put "$file"; done <"$list.new"
    remove_listed "$list" "$list.new"
    mv -f "$list.new" "$list"
    mkdir -p "$bin"
    if { [ -e "$command" ] || [ -L "$command" ]; } && ! is_our_command; then
        say "$command is there already and was left alone; the menu entry does not need it."
    else
        link "$app/current/memorybook" "$command"
    fi
    clear_versions "$name" "$before"
    trap - EXIT
    refresh
    say "Memory Book $version is installed for this account. It is in the menu of programs, or start it with"
    say "    $command"
    say "To take it away again:"
    say "    sh '$app/install.sh' --uninstall"
    where_the_books_are
}

case ${1:-} in
    '') install ;;
    --uninstall) uninstall ;;
    *) stop "sh install.sh installs Memory Book for this account; sh install.sh --uninstall takes it away." ;;
esac
