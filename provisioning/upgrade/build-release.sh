#!/bin/bash
# Copies a source tree into a release's folder and makes its Python packages, as the installation does.
# Usage: build-release.sh SOURCE RELEASE
set -eu
umask 022
source_tree=$(cd "$1" && pwd)
here=$(dirname "$(cd "$(dirname "$0")" && pwd)")
# shellcheck source=provisioning/install/program.sh
. "$here/install/program.sh"
release=$2
command -v rsync >/dev/null || {
    echo "rsync is not installed: apt-get install rsync" >&2
    exit 1
}
put_copy
put_python
