#!/usr/bin/env bash
# Makes every key of this folder anew. They are published, so they protect nothing: production refuses them.
# After running it, put the new fingerprints (README.md says how to print them) into README.md and
# src/platform/config/example-keys.ts; test/architecture/example-keys.spec.ts says which are missing.
set -euo pipefail
cd "$(dirname "$0")"
openssl genpkey -quiet -algorithm ed25519 -out ledger.key.pem
certificate() {
  openssl req -x509 -quiet -newkey rsa:2048 -sha256 -nodes -days 3650 -subj "/CN=$2" -keyout "$1.key.pem" -out "$1.cert.pem"
}
certificate saml-sp 'Concordat demonstration service provider'
for agency in ashworth northmoor-police northmoor-fire northmoor-health public-audit wexcombe; do
  certificate "idp-$agency" "Demonstration identity provider of $agency"
done
