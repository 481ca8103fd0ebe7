# shellcheck shell=bash
# How tests/run goes through its stages: one after the other, each with its log, its minutes and
# its counts. A stage that fails never stops the ones after it. Sourced, never run.

logs=build/logs
passed=0
failed=0
table=()
run_started=$EPOCHREALTIME

minutes_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", (to - from) / 60 }'; }

# The counters read a stage's log and print "PASSED FAILED".
count_ctest() {
  awk '/tests passed, [0-9]+ tests failed out of [0-9]+/ { failed += $4; total += $NF }
    /\*\*\*Skipped/ { skipped++ }
    END { print total - failed - skipped, failed + 0 }' "$1"
}

count_pytest() {
  awk '/^=* ?[0-9]+ (passed|failed|skipped|errors?|deselected|xfailed|warnings?).* in [0-9.]+s/ {
      for (i = 2; i <= NF; i++) {
        if ($i ~ /^passed,?$/) passed += $(i - 1)
        if ($i ~ /^(failed|errors?),?$/) failed += $(i - 1)
      }
    }
    END { print passed + 0, failed + 0 }' "$1"
}

count_fuzz() {
  awk '/^fuzz: .* ok$/ { passed++ } /^fuzz: .* FAILED/ { failed++ }
    END { print passed + 0, failed + 0 }' "$1"
}

# stage NAME COUNTER COMMAND...: COUNTER is check (the command is one check), ctest, pytest or fuzz.
stage() {
  local name=$1 counter=$2 started=$EPOCHREALTIME status=0 good=1 bad=0 minutes
  local log=$logs/$name.log
  shift 2
  mkdir -p "$logs"
  printf '\n'
  say "stage $name"
  "$@" 2>&1 </dev/null | tee "$log"
  status=${PIPESTATUS[0]}
  if [[ $counter != check ]]; then read -r good bad <<<"$("count_$counter" "$log")"; fi
  # A stage that broke off, or that tested nothing, counts as one failure.
  if [[ $status != 0 || $((good + bad)) == 0 ]]; then
    if [[ $counter == check ]]; then good=0; fi
    if [[ $bad == 0 ]]; then bad=1; fi
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  minutes=$(minutes_since "$started")
  table+=("$(printf '%-12s %7s %7d %7d' "$name" "$minutes" "$good" "$bad")")
  say "stage $name: $minutes min, $good passed, $bad failed"
  [[ $bad == 0 ]]
}

summary() {
  printf '\n%-12s %7s %7s %7s\n' stage minutes passed failed
  printf '%s\n' "${table[@]}"
  printf 'together %s minutes; logs are in %s/\n' "$(minutes_since "$run_started")" "$logs"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [[ $failed == 0 ]]
}
