#!/usr/bin/env bash
# encrypt-plans.sh PLANS FILE: puts the folder PLANS into FILE, encrypted with PLAN_PASSPHRASE: plans hold secrets in clear.
set -euo pipefail
umask 077

if [ -z "${PLAN_PASSPHRASE:-}" ]; then
  echo "::warning::There is no secret PLAN_PASSPHRASE, so the plan is not kept: nothing will be applied after the merge."
  exit 0
fi

home=$(mktemp -d)
trap 'gpgconf --homedir "$home" --kill all >/dev/null 2>&1 || true; rm -rf "$home"' EXIT
tar --create --gzip --directory "$1" --exclude .terraform . |
  gpg --homedir "$home" --batch --yes --quiet --pinentry-mode loopback --passphrase-fd 3 \
    --symmetric --cipher-algo AES256 --output "$2" 3< <(printf '%s' "$PLAN_PASSPHRASE")
echo "file=$2" >>"$GITHUB_OUTPUT"
