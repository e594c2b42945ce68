#!/usr/bin/env bash
# Installs, on Debian, the browser in which tests/reports looks at the page of a report. Without it the tests run too,
# but skip what they can't look at.
set -euo pipefail

command -v chromium >/dev/null && exit 0

as_root=()
[[ $(id -u) == 0 ]] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update --quiet --quiet
"${as_root[@]}" apt-get install --quiet --quiet --yes --no-install-recommends chromium fonts-dejavu-core >/dev/null
