#!/usr/bin/env bash
# Installs what the tests compare with and cargo can't bring.
set -euo pipefail

python3 -m pip install --quiet "phonenumbers==9.0.43"
