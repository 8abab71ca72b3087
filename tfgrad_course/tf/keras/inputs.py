"""Where a model of layer calls begins."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf.keras.layer import Layer
from tfgrad_course.tf.keras.symbols import Symbol


class InputLayer(Layer):
    """The shape of a model's input."""

    def __init__(
        self,
        shape: Any = None,
        batch_size: Any = None,
        dtype: Any = None,
        name: Any = None,
        symbol: Any = None,
        batch_shape: Any = None,
        **more: Any,
    ) -> None:
        shape = shape if shape is not None else more.get("input_shape")
        if batch_shape is not None:
            batch_size, *shape = batch_shape
        if symbol is not None:
            name = symbol.name
        super().__init__(name=name, dtype=dtype if symbol is None else symbol.dtype)
        if symbol is None:
            symbol = Symbol((batch_size, *(shape if shape is not None else ())), self.dtype, name=self.name)
        self._symbol = symbol
        self.batch_shape = symbol.shape
        self.built = True

    def symbol(self) -> Symbol:
        """The symbolic input it stands for."""
        return self._symbol

    @property
    def output(self) -> Any:
        """The symbolic input it stands for."""
        return self._symbol

    input = output

    def get_config(self) -> dict[str, Any]:
        """Shape, dtype and name."""
        return {
            "batch_shape": self.batch_shape, "dtype": self._symbol.dtype, "sparse": False, "ragged": False,
            "name": self.name, "optional": False,
        }  # fmt: skip

    def call(self, inputs: Any) -> Any:
        """Nothing is changed."""
        return inputs


def Input(
    shape: Any = None,
    batch_size: Any = None,
    dtype: Any = None,
    name: Any = None,
    batch_shape: Any = None,
    **_: Any,
) -> Symbol:
    """A symbolic input for models made of layer calls."""
    if batch_shape is None:
        shape = (shape,) if isinstance(shape, int) else shape
        batch_shape = (batch_size, *(shape if shape is not None else ()))
    made = Symbol(batch_shape, dtype or "float32", name=name)
    layer = InputLayer(symbol=made) if name is not None else InputLayer(shape=made.shape[1:])
    layer._symbol = made
    made.layer = layer
    return made
