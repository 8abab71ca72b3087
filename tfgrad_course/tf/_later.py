"""Parts of the namespace that are loaded when first asked for, so that importing the tape stays quick."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "ops"
# Tables that declare their names when imported; on an unknown name those that mention it
# are loaded, and then the others, until it appears.
TABLES = [
    "mapping",
    "foreign",
    "layout",
    "matrices",
    "decompositions",
    "solutions",
    "exponentials",
    "random",
    "sorting",
    "segments",
    "debugging",
    "convolution",
    "pools",
    "sparse",
    "embeddings",
    "sampling",
    "ctc",
    "operators",
    "fourier",
    "signals",
    "training",
    "surroundings",
    "autograph",
    "tracetypes",
    "bits",
    "checking",
    "bessel",
    "gamma",
    "blocks",
    "checkpoints",
    "protos",
    "sets",
    "ragged",
    "quantization",
    "images",
    "strings",
    "files",
    "quasirandom",
    "hashing",
]
PLACES = {
    "keras": "keras.public:keras",
    "data": "data",
    "experimental": "experimental",
    "saved_model": "saved_model",
    "distribute": "distribute",
    "queue": "queue",
    "summary": "summary",
    "raw_ops": "_raw_ops:RAW_OPS",
    "compat.v1": "compat_v1",
    "losses": "keras.public:losses",
    "optimizers": "keras.public:optimizers",
    "metrics": "keras.public:metrics",
    "initializers": "keras.public:initializers",
    "test.TestCase": "_testcase:TestCase",
    "test.main": "_testcase:main",
    "Module": "_module:Module",
    "TensorArray": "_array:TensorArray",
    "SparseTensor": "_sparse:SparseTensor",
    "sparse.SparseTensor": "_sparse:SparseTensor",
    "TensorArraySpec": "_array:TensorArraySpec",
    "zeros_initializer": "_initializers:Zeros",
    "ones_initializer": "_initializers:Ones",
    "constant_initializer": "_initializers:Constant",
    "random_normal_initializer": "_initializers:RandomNormal",
    "random_uniform_initializer": "_initializers:RandomUniform",
}


def find(path: str, public: dict[str, Any]) -> Any:
    """What belongs at a dotted public path, loading what declares it; LookupError when nothing does."""
    if path in PLACES:
        module, _, name = PLACES[path].partition(":")
        loaded = import_module(f"tfgrad_course.tf.{module}")
        return getattr(loaded, name) if name else loaded
    for table in sorted(TABLES, key=lambda name: _distance(name, path)):
        if _declared(path, public):
            break
        # Loading one table may have loaded others on its way.
        if table in TABLES:
            TABLES.remove(table)
        import_module(f"tfgrad_course.tf.ops.{table}")
    if _declared(path, public):
        return None
    raise LookupError(path)


def _distance(table: str, path: str) -> int:
    """0 if the text of a table has the path as a word of its own, 1 if its last name, else 2: the near ones come first."""
    text = (_HERE / f"{table}.py").read_text(encoding="utf-8")
    if re.search(rf'[" ]{re.escape(path)}[" ]', text):
        return 0
    return 1 if path.rpartition(".")[2] in text else 2


def _declared(path: str, public: dict[str, Any]) -> bool:
    return path in public or any(name.startswith(path + ".") for name in public)
