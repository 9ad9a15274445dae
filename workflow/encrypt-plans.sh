#!/usr/bin/env bash
# encrypt-plans.sh PLANS FILE: puts what the folder PLANS says into FILE, encrypted with PLAN_PASSPHRASE: plans hold secrets
# in clear. One file and no archive: nothing that comes back can be run, or lead elsewhere.
set -euo pipefail
umask 077

if [ -z "${PLAN_PASSPHRASE:-}" ]; then
  echo "::warning::There is no secret PLAN_PASSPHRASE, so the plan is not kept: nothing will be applied after the merge."
  exit 0
fi

home=$(mktemp -d)
trap 'gpgconf --homedir "$home" --kill all >/dev/null 2>&1 || true; rm -rf "$home"' EXIT
gpg --homedir "$home" --batch --yes --quiet --pinentry-mode loopback --passphrase-fd 3 \
  --symmetric --cipher-algo AES256 --output "$2" "$1/plans.json" 3< <(printf '%s' "$PLAN_PASSPHRASE")
echo "file=$2" >>"$GITHUB_OUTPUT"
