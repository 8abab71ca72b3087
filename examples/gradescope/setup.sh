#!/usr/bin/env bash
# Gradescope runs this once while it builds the image. Put tfgrad's source beside it in the zip (as tfgrad/).
set -euo pipefail
source_folder="${TFGRAD_SOURCE:-/autograder/source/tfgrad}"
apt-get update -qq && apt-get install -y -qq python3 python3-venv python3-pip
python3 -m venv /opt/tfgrad
/opt/tfgrad/bin/python -m pip install --quiet -c "$source_folder/constraints.txt" "$source_folder[tensorflow]"
