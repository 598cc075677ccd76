# SPDX-License-Identifier: GPL-2.0-or-later
# jq -n -f lost-facts.jq --slurpfile old OLD --slurpfile new NEW: every leaf of
# the old lines that the new ones (1.0.0) say nowhere, neither converted nor as
# it stood. Prints nothing where nothing is lost.

def near($a; $b): ($a - $b | fabs) <= (1e-12 * ([$a, $b] | map(fabs) | max));

# Seconds since 1970 of a time in UTC, null for another text.
def instant:
    (capture("^(?<date>.{19})(?<part>[.][0-9]+)?(Z|[+]00:00)$") // null)
    | if . == null then null
      else (try (.date + "Z" | fromdateiso8601) catch null) as $seconds
        | if $seconds == null then null else $seconds + ((.part // "0") | tonumber) end
      end;

def node_id:
    (.suite // [] | if type == "array" then . else [.] end) + [.name] | join("::");
def full_id:
    node_id + (if .params.id then "[" + .params.id + "]" else "" end);

def found($leaf; $key; $result; $all):
    ($leaf | type) as $type
    | if $type == "number" then
        any($all[]; type == "number" and
            (. as $n | any((1, 1e9, 1e6, 1e-3); near($n; $leaf * .))))
      elif $type == "string" then
        any($all[]; . == $leaf)
        or ($key == "test" and ($result.benchmark | full_id) == $leaf)
        or ($key == "test" and $leaf == "")
        or ($key == "timestamp" and ($leaf | instant) != null
            and near($result.ended_ts; $leaf | instant))
        or ($leaf == "clean" and $result.health.flags == [])
      else any($result | .. | objects | to_entries[]; .key == $key and .value == $leaf)
      end;

($new | map(select(.kind == "run"))) as $runs
| ($new | map(select(.kind == "result"))) as $results
| if ($results | length) != ($old | length) then "lines: \($old | length) became \($results | length)"
  else
    range($old | length) as $i
    | $results[$i] as $result
    | ($runs[] | select(.run_id == $result.run_id)) as $run
    | [($result, $run) | .. | scalars] as $all
    | $old[$i]
    | paths(scalars) as $path
    | select($path != ["schema_version"])
    | getpath($path) as $leaf
    | ([$path[] | strings] | last) as $key
    | select(found($leaf; $key; $result; $all) | not)
    | "line \($i + 1): \($path | map(tostring) | join("/")): \($leaf | tojson)"
  end
