#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What works in threads, under the thread sanitizer; and that it gives what one
# thread gives.
. "$(dirname "$0")/../cli/lib.sh"

folder=$BENCHLINE_SOURCE/build/tsan/bin
ok 'the tools are built with the thread sanitizer' \
    'make -C "$BENCHLINE_SOURCE" --no-print-directory -j2 FLAVOUR=tsan all'
TSAN_OPTIONS="halt_on_error=1 exitcode=99 suppressions=$BENCHLINE_SOURCE/tests/all/threads.suppressions"
export TSAN_OPTIONS

cat >race.c <<'C'
#include <pthread.h>
static int shared;
static void *add(void *none) { shared++; return none; }
int main(void)
{
    pthread_t a, b;
    pthread_create(&a, 0, add, 0);
    pthread_create(&b, 0, add, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
C
gcc -g -fsanitize=thread -pthread -o race race.c
run ./race
status 99 'the sanitizer finds a race where there is one'

"$BENCHLINE_BUILD/helpers/gen_reports" 3000 >lines.jsonl
cat "$data"/reports/invalid/*.jsonl >>lines.jsonl
bench-validate lines.jsonl >one.out 2>one.err
run "$folder/bench-validate" -j 4 lines.jsonl
status 1 'four threads find what is wrong, and nothing races'
out_is one.out 'four threads pass what one passes'
sed 's/^==.*//' err >many.err
ok 'four threads tell what one tells' 'cmp one.err many.err'

git init -q -b main points
i=0
while [ "$i" -lt 40 ]; do
    jq -c --arg i "$i" 'if .run_id then .run_id += "-" + $i else . end' "$data/reports/v1.0.0.jsonl" >points/run.jsonl
    git -C points add run.jsonl
    git -C points -c user.name=T -c user.email=t@example.org commit -qm "number $i"
    git -C points tag "v1.$i.0"
    i=$((i + 1))
done
git -C points repack -qad
run bench-trend -C points --tags 'v*' run.jsonl
cp out one.out
rm -rf points/.git/benchline
run "$folder/bench-trend" -C points --tags 'v*' run.jsonl
status 0 'reports of many tags are read in threads, and nothing races'
out_is one.out 'the trend does not depend on the threads'
finish
