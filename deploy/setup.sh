# shellcheck shell=bash
# What deploy/demo and tests/run share: the Debian packages wiredesk needs, and how it is built.
# Sourced, never run. Every function prints what it does and ends the script with one clear line
# where it cannot go on.

say() { printf '==> %s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Sets `debian` to 12 or 13; testing and unstable name no version and count as the newest.
find_debian() {
  local id='' version=''
  if [[ -r /etc/os-release ]]; then
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-13}")
  fi
  [[ $id == debian ]] || die "this script installs Debian packages and this system is" \
    "'${id:-unknown}': use Debian 12 or 13 (a container will do), or install the packages named in" \
    "deploy/setup.sh your system's way and run: cmake --preset release && cmake --build --preset release"
  [[ ${version%%.*} -ge 12 ]] || die "Debian $version is too old for wiredesk: use Debian 12 or 13"
  debian=$((${version%%.*} == 12 ? 12 : 13))
}

# package_set NAME prints the packages of one set, one a line:
# build (the program and its unit tests), tests (what the tests run), checks (tests/run --all).
package_set() {
  local boost=1.81 java=17 clang=14
  if [[ $debian == 13 ]]; then boost=1.83 java=21 clang=19; fi
  case $1 in
    build)
      printf '%s\n' build-essential cmake ninja-build pkg-config \
        librdkafka-dev "libboost$boost-dev" "libboost-json$boost-dev" libspdlog-dev libyaml-cpp-dev \
        libcli11-dev libutf8proc-dev libxxhash-dev libssl-dev prometheus-cpp-dev \
        libgtest-dev libgmock-dev
      ;;
    tests)
      printf '%s\n' "openjdk-$java-jre-headless" maven kcat \
        python3 python3-pytest python3-confluent-kafka python3-jsonschema python3-yaml
      ;;
    checks)
      printf '%s\n' clang "libclang-rt-$clang-dev" "llvm-$clang" clang-format clang-tidy \
        shellcheck systemd
      ;;
  esac
}

# Sets `missing` to those of the given packages that are not installed.
find_missing() {
  local package installed
  # dpkg-query fails when it does not know one of them, and still names the others.
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  missing=()
  for package in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"$package installed"$'\n'* ]] || missing+=("$package")
  done
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# ensure_packages SET...: installs what is missing of these sets; touches nothing when nothing is.
ensure_packages() {
  local set packages=()
  find_debian
  for set in "$@"; do mapfile -t -O "${#packages[@]}" packages <<<"$(package_set "$set")"; done
  find_missing "${packages[@]}"
  if [[ ${#missing[@]} == 0 ]]; then
    say "Debian packages: all ${#packages[@]} are installed"
    return
  fi
  say "Debian packages to install (${#missing[@]} of ${#packages[@]}, and what they depend on): ${missing[*]}"
  if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
    die "installing needs root, and there is no sudo here; as root, run:" \
      "apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  apt update -o APT::Update::Error-Mode=any ||
    printf 'warning: not every package list could be fetched; trying with those at hand\n' >&2
  apt install -y --no-install-recommends "${missing[@]}" ||
    die "apt-get could not install the packages named above. Its own messages say why: most often" \
      "there is no network or name server, a proxy is not set (http_proxy), or /etc/apt/sources.list" \
      "does not name Debian $debian's main archive"
}

# A fresh chroot has no /proc, and Debian's Java refuses to be installed, and to run, without it.
ensure_proc() {
  if [[ -e /proc/self ]]; then return; fi
  say "Mounting /proc, which this chroot lacks and Java needs"
  as_root mount -t proc proc /proc ||
    die "/proc cannot be mounted from in here; outside, run: mount -t proc proc CHROOT/proc"
}

# As many compilers at once as there are processors and memory for: the largest files take 1.2 GB.
build_jobs() {
  local processors by_memory
  processors=$(nproc)
  by_memory=$(awk '/^MemAvailable:/ { print int($2 / 1200000) }' /proc/meminfo 2>/dev/null)
  by_memory=${by_memory:-$processors}
  echo $((by_memory < 1 ? 1 : by_memory < processors ? by_memory : processors))
}

# build PRESET [TARGET...]: configures and builds into build/PRESET.
build() {
  local preset=$1 jobs
  shift
  jobs=$(build_jobs)
  if [[ -e build && ! -w build ]]; then
    die "build/ belongs to $(stat -c %U build): remove it, or run this as that user"
  fi
  say "Building build/$preset with $jobs compiler(s) at once"
  cmake --preset "$preset" --log-level=WARNING || return
  cmake --build --preset "$preset" --parallel "$jobs" ${1:+--target "$@"}
}
