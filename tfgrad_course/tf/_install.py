"""Lets this package answer `import tensorflow` in a process where nothing else does."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def install(name: str = "tensorflow") -> ModuleType:
    """Put the shim into sys.modules as `tensorflow`, with its submodules; returns the module."""
    import tfgrad_course.tf as shim
    from tfgrad_course.tf import _public

    top = ModuleType(name, "TensorFlow as tfgrad's NumPy stand-in for it.")
    top.__dict__.update({k: v for k, v in vars(shim).items() if not k.startswith("_")})
    top.__dict__.update(__version__=shim.__version__, __getattr__=shim.__getattr__, __path__=[])
    top.__spec__ = _spec(name)
    sys.modules[name] = top
    for path, module in _public.MODULES.items():
        module.__dict__.setdefault("__path__", [])
        module.__spec__ = _spec(f"{name}.{path}")
        sys.modules[f"{name}.{path}"] = module
    return top


def _spec(name: str) -> Any:
    from importlib.machinery import ModuleSpec

    return ModuleSpec(name, None, is_package=True)


def uninstall(name: str = "tensorflow") -> None:
    """Take it out again."""
    for key in [k for k in sys.modules if k == name or k.startswith(name + ".")]:
        del sys.modules[key]
