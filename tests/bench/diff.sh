# SPDX-License-Identifier: GPL-2.0-or-later
# Comparing two reports: two sides of a million samples (goal: under 1.5 s, the
# interval and reading the JSON with it), 10,000 benchmarks of 30 samples a side
# (under 1 s), 50 benchmarks (under 10 ms). Beside R's wilcox.test: the test alone on
# the million, and with its interval, which it finds by ranking all again and again
# (207 s for the million), on 100,000 samples a side.
folder=$scratch/diff
# sides NAME BENCHMARKS SAMPLES: NAME.base and NAME.head, the head 2 % above.
sides() {
    for side in base head; do
        awk -v side=$side -v benchmarks="$2" -v samples="$3" '
            function uniform() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
            function normal() { return sqrt(-2 * log(uniform())) * cos(6.283185307 * uniform()) }
            BEGIN {
                seed = side == "base" ? 11 : 23
                centre = side == "base" ? 1 : 1.02
                printf "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"%s\",\"started_at\":\"2026-02-01T10:00:00Z\"}\n", side
                for (i = 0; i < benchmarks; i++) {
                    printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"%s\",", side
                    printf "\"benchmark\":{\"name\":\"b%d\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":", i
                    printf "\"wall_time\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":["
                    for (k = 0; k < samples; k++)
                        printf "%s%.9f", k ? "," : "", centre * (1 + 0.02 * normal())
                    print "]}]}"
                }
            }' >"$folder/$1.$side"
    done
}
if [ ! -s "$folder/report.head" ]; then
    mkdir -p "$folder"
    sides million 1 1000000
    sides thousands 1 100000
    sides many 10000 30
    sides report 50 30
    for name in million thousands; do
        for side in base head; do
            sed -n '2s/.*"samples":\[\([^]]*\)\].*/\1/p' "$folder/$name.$side" | tr , '\n' >"$folder/$name.$side.txt"
        done
    done
fi
# compare NAME: the command that compares its sides.
compare() {
    echo "bench-diff --fail-on never -o $folder/out $folder/$1.base $folder/$1.head"
}
# wilcoxon NAME INTERVAL: the same by R.
wilcoxon() {
    echo "Rscript -e 'x <- scan(\"$folder/$1.base.txt\", quiet = TRUE); y <- scan(\"$folder/$1.head.txt\", quiet = TRUE); print(wilcox.test(log(y), log(x), conf.int = $2, exact = FALSE))'"
}
bench-run -n diff-million -r 3 -o "$report" --variant benchline --variant R-without-interval \
    "$(compare million)" "$(wilcoxon million FALSE)"
bench-run -n diff-thousands -r 3 -o "$report" --variant benchline --variant R \
    "$(compare thousands)" "$(wilcoxon thousands TRUE)"
bench-run -n diff-many -w 1 -r 5 -o "$report" "$(compare many)"
bench-run -n diff-report -w 3 -r 30 -o "$report" "$(compare report)"
