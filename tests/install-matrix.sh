#!/usr/bin/env bash
# The two commands of README on bare machines: Debian 12 and 13, each with the distribution's Node and npm and with
# Node 20, 22 and 24 and the npm that comes with them, in a root of debootstrap. Prints one line a cell; ends with 1
# when one failed. Needs root, debootstrap, and the registries of Debian and npm.
#
#   tests/install-matrix.sh                     all cells
#   tests/install-matrix.sh bookworm/node22     some of them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The npm that each of these Nodes was released with.
declare -A NPM=([node20]=10.8.2 [node22]=10.9.3 [node24]=11.3.0)
CELLS=({bookworm,trixie}/{distribution,node20,node22,node24})
[[ $# -eq 0 ]] || CELLS=("$@")

work=${MATRIX_FOLDER:-$(mktemp -d /var/tmp/polyphony-matrix.XXXXXX)}
log=$work/log
port=${MATRIX_PORT:-3000}
root=
failed=0

main() {
  local cell
  mkdir -p "$log"
  trap clean_up EXIT
  for cell in "${CELLS[@]}"; do
    if try_cell "${cell%/*}" "${cell#*/}" >"$log/${cell/\//-}" 2>&1; then
      printf '%-24s works\n' "$cell"
    else
      failed=1
      printf '%-24s fails, see %s\n' "$cell" "$log/${cell/\//-}"
    fi
    clean_up
  done
  exit "$failed"
}

clean_up() {
  [[ -n $root ]] || return 0
  umount --lazy "$root/proc" "$root/dev" 2>/dev/null || true
  rm -rf --one-file-system "$root"
  root=
}

clean=(/usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root
  PORT="$port" NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt)

inside() {
  chroot "$root" "${clean[@]}" "$@"
}

# Called in a condition, where bash forgets `set -e`: each step says by itself that it failed.
try_cell() {
  local debian=$1 node=$2
  [[ -d $work/$debian ]] || debootstrap --variant=minbase "$debian" "$work/$debian" || return 1
  root=$work/cell-$debian-$node
  cp -a "$work/$debian" "$root" || return 1
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  mount --bind /dev "$root/dev" && mount -t proc proc "$root/proc" || return 1
  inside apt-get update -qq || return 1
  # What README names besides Node and npm.
  inside apt-get install -y -qq --no-install-recommends libatomic1 ca-certificates || return 1
  # Machines whose outgoing traffic is looked into trust more than Debian does.
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  install_node "$node" || return 1
  inside sh -c 'node --version; npm --version' || return 1
  mkdir -p "$root/polyphony"
  git archive HEAD | tar -x -C "$root/polyphony" || return 1
  first_command || return 1
  second_command
}

install_node() {
  local major=${1#node}
  if [[ $1 == distribution ]]; then
    inside apt-get install -y -qq --no-install-recommends nodejs npm
    return
  fi
  unpack "node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')@$major" "$root/usr/local" &&
    unpack "npm@${NPM[$1]}" "$root/usr/local/lib/node_modules/npm" &&
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm" &&
    ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx" &&
    chmod +x "$root/usr/local/lib/node_modules/npm/bin/"*.js
}

# A package of npm, unpacked into a folder: what it would install elsewhere is not.
unpack() {
  local archive
  mkdir -p "$2"
  archive=$(cd "$work" && npm pack --silent "$1" | tail -n 1) && tar -x -z -f "$work/$archive" -C "$2" --strip-components=1
}

# `npm ci && npm run demo`, until it answers.
first_command() {
  # npm takes the place of the shell: a signal reaches it, and nobody else.
  (exec chroot "$root" "${clean[@]}" sh -c 'cd /polyphony && npm ci && exec npm run demo') &
  local demo=$! code=1
  for _ in $(seq 300); do
    sleep 1
    if curl --silent --fail --output /dev/null http://127.0.0.1:$port/health/ready; then
      code=0
      break
    fi
    kill -0 "$demo" 2>/dev/null || break
  done
  [[ $code -eq 0 ]] && curl --silent http://127.0.0.1:$port/en | grep Polyphony >/dev/null || code=1
  kill "$demo" 2>/dev/null || true
  wait "$demo" || true
  # It ends with its npm, and leaves the port free for the next cell.
  for _ in $(seq 20); do
    curl --silent --output /dev/null http://127.0.0.1:$port/health/live || return "$code"
    sleep 1
  done
  return 1
}

# `npm ci && npm test` takes many minutes: one file of it shows that it runs.
second_command() {
  inside sh -c 'cd /polyphony && npm ci && npm test -- tests/calendars.test.ts'
}

main
