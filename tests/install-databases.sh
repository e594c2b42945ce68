#!/usr/bin/env bash
# Installs the database servers that the tests of dumps load and dump with, and starts none: each test starts its own,
# in a folder that goes with it. Without them those tests say that they were skipped.
set -euo pipefail

packages=(
    mariadb-server mariadb-client # tests/dumps/mariadb.rs
    postgresql # tests/dumps/postgres.rs
)

# A package that is there already needs no list of all there are.
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq --yes --no-install-recommends "${missing[@]}"
fi
