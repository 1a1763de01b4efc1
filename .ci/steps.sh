# The steps of .ci/run. Sourced; every step runs in a shell of its own, with a time limit.

failed_steps=()

# step NAME SECONDS COMMAND... : runs it whatever happened before, and remembers a failure.
step() {
  local name=$1 seconds=$2 begin=$SECONDS
  shift 2
  printf '\n=== %s\n' "$name"
  # A function needs a shell that knows it; timeout starts programs only.
  if [ "$(type -t "$1")" = function ]; then
    timeout --kill-after=10 "$seconds" bash -c '. .ci/steps.sh; "$@"' step "$@" </dev/null
  else
    timeout --kill-after=10 "$seconds" "$@" </dev/null
  fi
  local code=$?
  [ $code -eq 0 ] || failed_steps+=("$name (exit code $code)")
  printf -- '--- %s: %s, %d s\n' "$name" "$([ $code -eq 0 ] && echo ok || echo FAILED)" $((SECONDS - begin))
}

# Without it the tests take Garnet and say what they skip, so a failure to install is none of ours.
install_redis() {
  if ! command -v redis-server; then
    local sudo=''
    [ "$(id -u)" = 0 ] || sudo=sudo
    { $sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qy --no-install-recommends redis-server; } >/dev/null ||
      echo 'redis-server cannot be installed here; going on with Garnet'
  fi
}

# A test host that crashes, or a project that does not build, must not pass for one without tests.
every_project_has_results() {
  local missing=0 project name
  for project in tests/*.Tests/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    [ -s "artifacts/test-results/$name.trx" ] || { echo "no results of $name"; missing=1; }
  done
  return $missing
}

# The argument is the name of the sample.
run_sample_on_redis() {
  if ! command -v redis-server >/dev/null; then
    echo 'no redis-server here: left out'
    return 0
  fi
  local port folder server
  port=$((20000 + RANDOM % 10000))
  folder=$(mktemp -d)
  redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir "$folder" >"$folder/log" &
  server=$!
  trap "kill $server 2>/dev/null; wait $server; rm -rf '$folder'" EXIT
  for _ in $(seq 100); do
    redis-cli -h 127.0.0.1 -p "$port" ping 2>/dev/null | grep -q PONG && break
    sleep 0.1
  done
  dotnet run --project "samples/$1" --no-build -- --redis "127.0.0.1:$port"
}

# Prints what was skipped and failed, by name, and the totals over all result files as the last line.
report() {
  local results=(artifacts/test-results/*.trx)
  if [ -e "${results[0]}" ]; then
    named_results NotExecuted 'skipped'
    named_results Failed 'failed'
    failures
  fi
  if [ ${#failed_steps[@]} -gt 0 ]; then
    printf '\nFAILED steps:\n'
    printf '  %s\n' "${failed_steps[@]}"
  fi
  echo
  [ -e "${results[0]}" ] && totals
  [ ${#failed_steps[@]} -eq 0 ]
}

named_results() {
  local names
  names=$(grep -ho '<UnitTestResult [^>]*>' artifacts/test-results/*.trx | grep "outcome=\"$1\"" | sed 's/.*testName="\([^"]*\)".*/  \1/' | sort)
  [ -z "$names" ] || printf '\n%s:\n%s\n' "$2" "$names"
}

# What each failed test said, and where: in few and short lines, as these are the ones that are read.
failures() {
  awk '
    /<UnitTestResult / { failed = /outcome="Failed"/; lines = 0; if (failed) { match($0, /testName="[^"]*"/); printf "\n%s\n", substr($0, RSTART + 10, RLENGTH - 11) } }
    failed && /<Message>/ { inside = 1; left = 30 }
    failed && /<StackTrace>/ { inside = 1; left = 3 }
    failed && inside && left-- > 0 { line = $0; gsub(/<[^>]*>/, "", line); sub(/^ +/, "", line); if (length(line) > 0) print "    " substr(line, 1, 400) }
    /<\/Message>|<\/StackTrace>/ { inside = 0 }' artifacts/test-results/*.trx
}

# The result files count a skipped test as one of the total that was not executed.
totals() {
  grep -ho '<Counters [^>]*>' artifacts/test-results/*.trx | awk '
    function number(name) { match($0, " " name "=\"[0-9]+"); return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) }
    { total += number("total"); executed += number("executed"); passed += number("passed") }
    END { printf "%d passed, %d failed, %d skipped\n", passed, executed - passed, total - executed }'
}
