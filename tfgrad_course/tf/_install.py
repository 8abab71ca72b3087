"""Lets this package answer `import tensorflow` in a process where nothing else does."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_KERAS = "keras"


def made(name: str = "tensorflow") -> ModuleType:
    """The shim as a module of this name, with nothing a program may have put into an earlier one."""
    import tfgrad_course.tf as shim

    top = ModuleType(name, "TensorFlow as tfgrad's NumPy stand-in for it.")
    top.__dict__.update({k: v for k, v in vars(shim).items() if not k.startswith("_")})
    top.__dict__.update(__version__=shim.__version__, __getattr__=shim.__getattr__, __path__=[])
    top.__spec__ = _spec(name)
    return top


def install(name: str = "tensorflow", top: ModuleType | None = None) -> ModuleType:
    """Put the shim into sys.modules as `tensorflow`, with its submodules; returns the module (`made` before, or now)."""
    from tfgrad_course.tf import _public

    top = top or made(name)
    sys.modules[name] = top
    for path, module in _public.MODULES.items():
        full = f"{name}.{path}"
        if sys.modules.get(full) is not module:
            module.__dict__.setdefault("__path__", [])
            module.__spec__ = _spec(full)
            sys.modules[full] = module
    top.compat.v2 = top
    sys.modules.update({f"{name}.compat.v2": top, _KERAS: top.keras})
    # whoever writes `import keras` beside TensorFlow means the same Keras; the real one needs the real TensorFlow
    others = [finder for finder in sys.meta_path if not isinstance(finder, _Submodules)]
    sys.meta_path[:] = [_Submodules(name), _Submodules(_KERAS), *others]
    return top


class _Submodules:
    """Finds `tensorflow.keras.layers` and the like as what the attributes of `tensorflow` lead to."""

    def __init__(self, name: str) -> None:
        self.name = name

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """A spec for a module below the shim; None for all others."""
        from importlib.machinery import ModuleSpec

        first, *rest = fullname.split(".")
        if first != self.name or first not in sys.modules or not rest:
            return None
        found: Any = sys.modules[first]
        for part in rest:
            found = getattr(found, part, None)
        if not isinstance(found, ModuleType):
            return None
        loader: Any = _Given(found)
        return ModuleSpec(fullname, loader, is_package=True)


class _Given:
    """A loader for a module that is there already."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module

    def create_module(self, spec: Any) -> ModuleType:
        """A module with the same names, so that the original keeps its own spec."""
        made = ModuleType(spec.name, self.module.__doc__)
        made.__dict__.update(
            {
                k: v
                for k, v in vars(self.module).items()
                if not k.startswith("__") or k in ("__getattr__", "__version__", "__dir__")
            }
        )
        return made

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is left to run."""


def _spec(name: str) -> Any:
    from importlib.machinery import ModuleSpec

    return ModuleSpec(name, None, is_package=True)


def uninstall(name: str = "tensorflow") -> None:
    """Take it out again."""
    for key in [k for k in sys.modules if k.split(".")[0] in (name, _KERAS)]:
        del sys.modules[key]
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Submodules)]
