#!/usr/bin/env bash
# Installs, into the python3 that is on the path, the libraries that tests ask what is right, and the programs of the
# system that they ask. Without them the tests run too, but skip what they can't ask. Versions of libraries are fixed: a
# judge who changes his mind is a change of its own.
set -euo pipefail

packages=(
    python-stdnum==2.2 # national numbers: tests/oracles/national.py
    phonenumbers==9.0.43 # telephone numbers
    pyarrow==26.0.1 # Arrow files and streams: tests/oracles/arrow.py
    fastavro==1.13.1 cramjam==2.14.0 backports.zstd==1.8.0 # Avro container files, and two codecs: tests/oracles/avro.py
)

# The Python of a distribution refuses packages that are not its own unless told so.
export PIP_BREAK_SYSTEM_PACKAGES=1 PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m pip install --quiet "${packages[@]}"

# What compressed files are: tests/streams.
if ! command -v zstd gzip >/dev/null; then
    apt-get update -qq && apt-get install --yes --no-install-recommends zstd gzip
fi
