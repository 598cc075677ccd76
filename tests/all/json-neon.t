#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The NEON path: the scanner is built for aarch64, run under qemu-aarch64, and
# must make the same nodes of the same bytes as this machine's.
. "$BENCHLINE_SOURCE/tests/cli/lib.sh"

CC=aarch64-linux-gnu-gcc
for program in $CC qemu-aarch64; do
    ok "$program is there" "command -v $program" || finish
done

cd "$BENCHLINE_SOURCE" || exit 1
# All of json/ and what it stands on; static, so that qemu needs no folder of libraries.
ok 'json/ builds for aarch64' \
    "$CC -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Werror -static -Itools/lib -o '$work/json_nodes' \
     tests/helpers/json_nodes.c tools/lib/json/*.c tools/lib/base/arena.c tools/lib/base/buffer.c \
     tools/lib/base/cleanup.c tools/lib/base/error.c tools/lib/base/memory.c tools/lib/base/nameless.c" || finish
cd "$work" || exit 1

# Every corpus file, and each of them shifted through a block by blanks before it.
mkdir texts
cp "$BENCHLINE_SOURCE"/tests/fuzz/corpus/json/* texts/
for file in texts/*; do
    for blanks in 1 3 7 15 16 17 31; do
        { printf "%${blanks}s" ''; cat "$file"; } >"$file.$blanks"
    done
done
ok 'there are texts to compare' 'test "$(ls texts | wc -l)" -gt 100'
ok 'each path of aarch64 agrees with the portable one' \
    'qemu-aarch64 ./json_nodes texts/* >there 2>there.paths'
ok 'NEON was among them' 'grep -qx "path neon" there.paths'
ok 'each path here agrees with the portable one' \
    '"$BENCHLINE_BUILD"/helpers/json_nodes texts/* >here 2>here.paths'
ok 'both machines make the same nodes of the same bytes' 'test -s here && cmp here there'
finish
