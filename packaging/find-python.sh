#!/bin/sh
# Prints a Python that can run Memory Book (3.11 to 3.14, able to make virtual environments), the system's
# own first. An argument names the one to take instead.
set -eu

suits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

for python in ${1:-/usr/bin/python3.11 /usr/bin/python3 python3.11 python3.12 python3.13 python3.14 python3}; do
    if suits "$python"; then
        command -v "$python"
        exit
    fi
done

echo "Memory Book needs Python 3.11, 3.12, 3.13 or 3.14 with its venv module (Debian, Ubuntu: python3-venv)." >&2
echo "If one is installed elsewhere, name it: make PYTHON=/path/to/python run" >&2
exit 1
