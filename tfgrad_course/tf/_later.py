"""Parts of the namespace that are loaded when first asked for, so that importing the tape stays quick."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "ops"
# Tables that declare their names when imported; on an unknown name those that mention it
# are loaded, and then the others, until it appears.
TABLES = [
    "layout",
    "matrices",
    "decompositions",
    "random",
    "sorting",
    "segments",
    "debugging",
    "convolution",
    "fourier",
    "training",
]
PLACES = {
    "keras": "keras",
    "data": "data",
    "experimental": "experimental",
    "losses": "keras.losses",
    "optimizers": "keras.optimizers",
    "metrics": "keras.metrics",
    "initializers": "keras.initializers",
    "Module": "_module:Module",
    "zeros_initializer": "keras.initializers:Zeros",
    "ones_initializer": "keras.initializers:Ones",
    "constant_initializer": "keras.initializers:Constant",
    "random_normal_initializer": "keras.initializers:RandomNormal",
    "random_uniform_initializer": "keras.initializers:RandomUniform",
}


def find(path: str, public: dict[str, Any]) -> Any:
    """What belongs at a dotted public path, loading what declares it; LookupError when nothing does."""
    if path in PLACES:
        module, _, name = PLACES[path].partition(":")
        loaded = import_module(f"tfgrad_course.tf.{module}")
        return getattr(loaded, name) if name else loaded
    for table in sorted(TABLES, key=lambda name: not _mentions(name, path)):
        if _declared(path, public):
            break
        TABLES.remove(table)
        import_module(f"tfgrad_course.tf.ops.{table}")
    if _declared(path, public):
        return None
    raise LookupError(path)


def _mentions(table: str, path: str) -> bool:
    """Whether the text of a table has the path as a word of its own: then it is loaded before others."""
    text = (_HERE / f"{table}.py").read_text(encoding="utf-8")
    return f'"{path}"' in text or f'"{path} ' in text or f' {path}"' in text or f" {path} " in text


def _declared(path: str, public: dict[str, Any]) -> bool:
    return path in public or any(name.startswith(path + ".") for name in public)
