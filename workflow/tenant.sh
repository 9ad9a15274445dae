#!/usr/bin/env bash
# tenant.sh start: starts a local tenant that keeps nothing, and waits until it serves.
# tenant.sh run COMMAND…: runs a command with the variables that lead to it.
# tenant.sh stop: ends it.
set -euo pipefail

folder="$RUNNER_TEMP/tenant"

start() {
  mkdir -p "$folder"
  # A job of its own process group: npm, the shell that npm starts, and the tenant end together.
  set -m
  npm run --silent tenant -- --memory --port "${TENANT_PORT:-9443}" --env "$folder/env" >"$folder/log" 2>&1 &
  local leader=$!
  set +m
  echo "$leader" >"$folder/pid"
  for _ in $(seq 600); do
    if [ -s "$folder/env" ]; then
      # shellcheck source=/dev/null
      . "$folder/env"
      echo "::add-mask::$AUTH0_CLIENT_SECRET"
      echo "A local tenant serves $AUTH0_DOMAIN."
      return
    fi
    kill -0 "$leader" 2>/dev/null || break
    sleep 0.2
  done
  cat "$folder/log"
  echo "::error::The local tenant did not start; its log says why."
  stop
  return 1
}

stop() {
  if [ -s "$folder/pid" ]; then
    kill -TERM -- "-$(cat "$folder/pid")" 2>/dev/null || true
    rm -f "$folder/pid"
  fi
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  run)
    shift
    # shellcheck source=/dev/null
    . "$folder/env"
    exec "$@"
    ;;
  *)
    echo "usage: tenant.sh start | run COMMAND… | stop" >&2
    exit 2
    ;;
esac
