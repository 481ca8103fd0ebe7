# shellcheck shell=bash
# The checks of tests/run --all that are no test programs: form of the sources, scripts, deployment,
# fuzzers. Each function is one check: what is wrong goes to its output, its status is the result.
# Sourced, never run.

fuzz_seconds=30 # for each fuzzer

cxx_sources() { find processors daemon tests -name '*.cc' -o -name '*.h' | sort; }

check_format() {
  local version
  version=$(clang-format --version | sed 's/.*version \([0-9]*\).*/\1/')
  if [[ $version != 14 ]]; then
    echo "the sources are formatted with clang-format 14 and this is $version, which differs in places: left out"
    return 0
  fi
  cxx_sources | xargs clang-format --dry-run -Werror
}

check_shell() {
  grep -rlIE '^#!/bin/(ba)?sh|^# shellcheck shell=' .ci deploy tests | xargs shellcheck -x
}

check_tidy() {
  local tidy
  tidy=$(command -v run-clang-tidy || command -v run-clang-tidy-14) || return
  timeout 600 "$tidy" -quiet -p build/asan -j "$(nproc)" "^$PWD/(processors|daemon)/" 2>&1 |
    grep -vE '^[0-9]+ warnings? generated|^Suppressed|^Use -header-filter|^clang-tidy|^$'
  return "${PIPESTATUS[0]}"
}

check_systemd() {
  local directory status=0 output
  directory=$(mktemp -d)
  sed "s|^ExecStart=/usr/bin/wiredesk|ExecStart=$PWD/build/release/wiredesk|" \
    deploy/systemd/wiredesk.service >"$directory/wiredesk.service"
  output=$(systemd-analyze verify "$directory/wiredesk.service" 2>&1) || status=1
  # Its status is 0 for a line that it does not understand and leaves out.
  if [[ -n $output ]]; then printf '%s\n' "$output" && status=1; fi
  systemd-analyze security --offline=true --threshold=15 --no-pager \
    "$directory/wiredesk.service" || status=1
  rm -r "$directory"
  return "$status"
}

check_kubernetes() { /usr/bin/python3 tests/deploy/kubernetes.py; }

# run_fuzzer PROGRAM: new inputs of one run grow the corpus in the build folder, never the seeds.
run_fuzzer() {
  local program=$1 name corpus runs=-1
  name=$(basename "$program")
  # yaml-cpp has inputs that it never comes back from; an operator's file is no foreign bytes, so the
  # known ones are tried and no new ones looked for.
  if [[ $name == fuzz_config ]]; then runs=0; fi
  corpus=build/asan/corpus/$name
  mkdir -p "$corpus" build/logs/fuzz
  if timeout --signal=KILL $((fuzz_seconds + 60)) "$program" -runs=$runs -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -artifact_prefix="build/logs/fuzz/$name-" "$corpus" "tests/fuzz/seeds/$name" \
    >"build/logs/fuzz/$name.log" 2>&1; then
    printf 'fuzz: %s: %s runs ok\n' "$name" \
      "$(sed -n 's/^stat::number_of_executed_units: *//p' "build/logs/fuzz/$name.log")"
  else
    tail -n 40 "build/logs/fuzz/$name.log"
    printf 'fuzz: %s FAILED, its input is build/logs/fuzz/%s-*\n' "$name" "$name"
    return 1
  fi
}

run_fuzzers() {
  local program status=0 running=0
  for source in tests/fuzz/*.cc; do
    program=build/asan/tests/fuzz/$(basename "$source" .cc)
    if ((running == 2)); then wait -n || status=1; running=1; fi
    run_fuzzer "$program" &
    running=$((running + 1))
  done
  while ((running > 0)); do
    wait -n || status=1
    running=$((running - 1))
  done
  return "$status"
}
