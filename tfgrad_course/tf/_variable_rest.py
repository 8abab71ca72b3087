"""What variables still have from TensorFlow 1: partitions, protos, names of handles. Programs and tests ask for them."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf._variable import Variable

_NOT_EAGER = "This operation is not supported when eager execution is enabled."


class SaveSliceInfo:
    """Which part of a larger variable one is, for saving."""

    def __init__(
        self,
        full_name: Any = None,
        full_shape: Any = None,
        var_offset: Any = None,
        var_shape: Any = None,
        save_slice_info_def: Any = None,
        import_scope: Any = None,
    ) -> None:
        self.full_name, self.full_shape = full_name, full_shape
        self.var_offset, self.var_shape = var_offset, var_shape

    @property
    def spec(self) -> str:
        """The full shape, then offset and length on each axis."""
        full = " ".join(map(str, self.full_shape)) + " "
        parts = zip(self.var_offset, self.var_shape, strict=False)
        return full + ":".join(f"{offset},{size}" for offset, size in parts)


SaveSliceInfo.__qualname__ = "Variable.SaveSliceInfo"
SaveSliceInfo.__module__ = "tensorflow.python.ops.variables"


def _eval(self: Variable, session: Any = None) -> Any:
    """Not available eagerly."""
    raise RuntimeError(_NOT_EAGER)


def _to_proto(self: Variable, export_scope: Any = None) -> Any:
    """Not available eagerly."""
    raise RuntimeError(_NOT_EAGER)


def _from_proto(variable_def: Any, import_scope: Any = None) -> Any:
    """Not available: there are no protos here."""
    raise NotImplementedError


def _initialized_value(self: Variable) -> Any:
    """Not available any more."""
    raise NotImplementedError


def _set_slice(self: Variable, save_slice_info: Any) -> None:
    self.__dict__["_slice"] = save_slice_info


_ADDED: dict[str, Any] = {
    "SaveSliceInfo": SaveSliceInfo,
    "eval": _eval,
    "to_proto": _to_proto,
    "from_proto": staticmethod(_from_proto),
    "initialized_value": _initialized_value,
    "_set_save_slice_info": _set_slice,
    "_get_save_slice_info": lambda self: self._save_slice_info,
    "_save_slice_info": property(lambda self: self.__dict__.get("_slice")),
    "_shared_name": property(lambda self: self._given_name),
    "_unique_id": property(lambda self: f"{self._given_name}_{getattr(self, '_of', self)._born}"),
    "_handle_name": property(lambda self: f"{self._given_name}:0"),
    "_in_graph_mode": False,
    "_shape_tuple": lambda self: self._now._v.shape,
    "create": property(_to_proto),
}
for _name, _thing in _ADDED.items():
    if not _name.startswith("_") and hasattr(_thing, "__code__"):
        _thing.__qualname__ = f"Variable.{_name}"
    setattr(Variable, _name, _thing)
