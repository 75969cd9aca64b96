#!/bin/sh
# Turns files into C strings carried inside the program.
# usage: embed.sh header|source ROOT FILE...   (FILE src/store/schema-001.sql -> embedded_schema_001)
set -eu
what=$1 root=$2
shift 2

name_of() {
    base=${1##*/}
    base=${base%%.*}
    printf 'embedded_%s' "$base" | tr -c 'a-zA-Z0-9_' '_'
}

printf '/* Made by embed.sh. */\n'
if [ "$what" = header ]; then
    printf '#ifndef XINFENG_EMBEDDED_H\n#define XINFENG_EMBEDDED_H\n\n'
    for file in "$@"; do
        printf '/* %s, with a NUL behind. */\nextern const char %s[];\n' "$file" "$(name_of "$file")"
    done
    printf '\n#endif\n'
else
    printf '#include "embedded.h"\n'
    for file in "$@"; do
        printf '\nconst char %s[] = {\n' "$(name_of "$file")"
        od -An -v -t d1 "$root/$file" | sed 's/\(-\{0,1\}[0-9][0-9]*\)/\1,/g'
        printf '0};\n'
    done
fi
