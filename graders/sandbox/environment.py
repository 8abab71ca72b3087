"""The whole environment of a child: built from nothing, so that no secret of the grader's is ever in it."""

from __future__ import annotations

import os
import site
import sys
from pathlib import Path

_NEEDED_BY_WINDOWS = (
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "PATH",
    "PROCESSOR_ARCHITECTURE",
    "NUMBER_OF_PROCESSORS",
)
_QUIET = {
    "TF_OVERRIDE_GLOBAL_THREADPOOL": "1",  # a pool per context: the process-wide one does not survive a fork
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the same bits on every processor
    "CUDA_VISIBLE_DEVICES": "-1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MPLBACKEND": "Agg",
    "KERAS_BACKEND": "tensorflow",
}


def clean(work: str) -> dict[str, str]:
    """The environment of a child whose folder is `work`; hash seed 0 makes a set's order the same every time."""
    kept = {name: os.environ[name] for name in _NEEDED_BY_WINDOWS if os.name == "nt" and name in os.environ}
    if site.ENABLE_USER_SITE and site.USER_BASE:  # found through HOME otherwise, which is the work folder
        kept["PYTHONUSERBASE"] = site.USER_BASE
    return {
        **kept,
        **_QUIET,
        "HOME": work,
        "USERPROFILE": work,
        "TMPDIR": work,
        "TEMP": work,
        "TMP": work,
        "MPLCONFIGDIR": work,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONUTF8": "1",
    }


def command(module: str, *arguments: str) -> list[str]:
    """How to start `module.main(*arguments)` in a fresh interpreter that finds this very grader."""
    root = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path[0] = sys.argv[1]; from {module} import main; main(*sys.argv[2:])"
    return [sys.executable, "-c", start, root, *arguments]
