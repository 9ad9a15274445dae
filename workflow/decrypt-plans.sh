#!/usr/bin/env bash
# decrypt-plans.sh FILE REVIEWED: what encrypt-plans.sh put into FILE, into the file REVIEWED.
set -euo pipefail
umask 077

fail() {
  echo "::error::$1"
  exit 1
}

[ -n "${PLAN_PASSPHRASE:-}" ] || fail "There is no secret PLAN_PASSPHRASE, so that the plan can not be read; nothing was applied."

work=$(mktemp -d)
trap 'gpgconf --homedir "$work" --kill all >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
gpg --homedir "$work" --batch --quiet --pinentry-mode loopback --passphrase-fd 3 --status-fd 4 \
  --output "$work/plans.json" --decrypt "$1" 3< <(printf '%s' "$PLAN_PASSPHRASE") 4>"$work/status" ||
  fail "The plan can not be decrypted: PLAN_PASSPHRASE is another one than that of the plan, or the plan was changed; nothing was applied."
# gpg also passes on what nobody encrypted: without the passphrase, nobody shall make a plan that is applied.
for sign in DECRYPTION_OKAY GOODMDC; do
  grep -q "^\[GNUPG:\] $sign" "$work/status" || fail "The plan is not encrypted with PLAN_PASSPHRASE; nothing was applied."
done

mv "$work/plans.json" "$2"
