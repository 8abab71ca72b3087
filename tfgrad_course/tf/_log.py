"""TensorFlow's own warnings: said a few times, on the logger named tensorflow, never through NumPy."""

from __future__ import annotations

import logging
import sys

_SAID: dict[str, int] = {}
LOGGER = logging.getLogger("tensorflow")
LOGGER.propagate = False


class _ToStderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to whatever stderr is at the time, so that redirected streams get it."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


if not LOGGER.handlers:
    _handler = _ToStderr()
    _handler.setFormatter(logging.Formatter("WARNING:tensorflow:%(message)s"))
    LOGGER.addHandler(_handler)


def warn_first(message: str, times: int) -> None:
    """Log `message` as a warning, at most `times` times in this process."""
    key = message[:60]
    _SAID[key] = _SAID.get(key, 0) + 1
    if _SAID[key] <= times:
        LOGGER.warning(message)
