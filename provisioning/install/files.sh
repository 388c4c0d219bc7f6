# shellcheck shell=bash
# Files and folders: as they should be, or put there by a temporary name and a rename.

# same_file WANTED PATH MODE OWNER
same_file() {
    [ -f "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c '%a %U:%G' "$2")" = "$3 $4" ]
}

put_file() {
    install -D -m "$3" -o "${4%:*}" -g "${4#*:}" "$1" "$2.new" && sync "$2.new" && mv "$2.new" "$2"
}

# file WANTED PATH [MODE [OWNER]]
file() {
    ensure "$2" same_file put_file "$1" "$2" "${3:-644}" "${4:-root:root}"
}

# filled TEMPLATE PATH NAME=VALUE…: the template with @NAME@ replaced; values hold no |, & or \.
filled() {
    template=$1 path=$2
    shift 2
    set -- "$@" ""
    cp "$template" "$scratch/filled"
    while [ -n "$1" ]; do
        sed -i "s|@${1%%=*}@|${1#*=}|g" "$scratch/filled"
        shift
    done
    file "$scratch/filled" "$path"
}

same_folder() { [ -d "$1" ] && [ "$(stat -c '%a %U:%G' "$1")" = "$2 $3" ]; }

put_folder() { install -d -m "$2" -o "${3%:*}" -g "${3#*:}" "$1"; }

# folder PATH MODE OWNER
folder() { ensure "$1" same_folder put_folder "$1" "$2" "${3:-root:root}"; }

same_link() { [ "$(readlink "$2" 2>/dev/null)" = "$1" ]; }

put_link() { ln -sfn "$1" "$2.new" && mv -T "$2.new" "$2"; }

# link TARGET PATH
link() { ensure "$2" same_link put_link "$1" "$2"; }

is_away() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

# away PATH: what an earlier choice has put there.
away() { is_away "$1" || ensure "$1 is removed" is_away rm "$1"; }
