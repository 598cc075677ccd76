# SPDX-License-Identifier: GPL-2.0-or-later
# Rendering, and committing what was rendered. Goals: a report of 250 tests under
# 20 ms; 100,000 lines under 1 s and 300 MB; a commit no slower than writing the
# same files and git add and git commit. git does not wait for the disk with the
# objects of a commit, unless core.fsync says so; bench-render always does.
small=$scratch/render-250.jsonl
large=$scratch/render-100000.jsonl
lines=$scratch/render-100000-1.0.0.jsonl
[ -s "$small" ] || build/plain/helpers/gen_reports 250 >"$small"
[ -s "$large" ] || build/plain/helpers/gen_reports 100000 >"$large"
[ -s "$lines" ] || bench-migrate "$large" >"$lines"
bench-run -n render-report-250 -w 3 -r 30 -o "$report" \
    --variant markdown --variant html --variant lint-alone \
    "bench-render -o /dev/null $small" "bench-render --html -o /dev/null $small" \
    "bench-render --lint tests/data/render/v0.2.2.md"
bench-run -n render-report-100000 -w 1 -r 5 -o "$report" \
    --variant 0.2.2 --variant 1.0.0 --variant read-alone \
    "bench-render -o /dev/null $large" "bench-render -o /dev/null $lines" \
    "bench-migrate --to 0.2.2 -o /dev/null $large"

# A name for each commit, so that each has something to commit.
folder=$scratch/render-commit
rm -rf "$folder"
mkdir -p "$folder"
for way in ours git synced; do
    git init -q -b main "$folder/$way"
    git -C "$folder/$way" config user.name 'A Tester'
    git -C "$folder/$way" config user.email tester@example.org
    git -C "$folder/$way" config gc.auto 0
    git -C "$folder/$way" commit -q --allow-empty -m first
done
git -C "$folder/synced" config core.fsync all
mkdir "$folder/git/runs" "$folder/synced/runs"
commit() { # commit FOLDER: the same with git
    printf '%s' "bench-render -o $folder/$1/runs/\$\$.md $small && cp $small $folder/$1/runs/\$\$.jsonl &&
     cd $folder/$1 && git add runs/\$\$.md runs/\$\$.jsonl && git commit -qm \$\$"
}
bench-run -n render-commit -S sh -w 2 -r 20 -o "$report" \
    --variant git-synced --variant benchline --variant git \
    "$(commit synced)" \
    "bench-render -C $folder/ours --commit --with-data -o runs/\$\$.md $small >/dev/null" \
    "$(commit git)"
