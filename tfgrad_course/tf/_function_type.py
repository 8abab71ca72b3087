"""How a tf.function tells of its parameters and of the types they have: `function_spec` and `function_type`."""

from __future__ import annotations

import inspect
from typing import Any

from tfgrad_course.tf import _nest


class FunctionType(inspect.Signature):
    """Parameters, their types and what is given back."""

    def __init__(self, parameters: Any = None, captures: Any = None, **kwargs: Any) -> None:
        super().__init__(parameters, **kwargs)
        self.captures = captures or {}

    @property
    def output(self) -> Any:
        """The type of what is given back, if known."""
        return None if self.return_annotation is self.empty else self.return_annotation

    def __repr__(self) -> str:
        lines = ["Input Parameters:"]
        for p in self.parameters.values():
            shown = None if p.annotation is p.empty else p.annotation
            lines.append(f"  {p.name} ({p.kind}): {shown}")
        lines += ["Output Type:", f"  {self.output}", "Captures:"]
        lines += [f"  {key}: {shown}" for key, shown in self.captures.items()] or ["  None"]
        return "\n".join(lines)


class FunctionSpec:
    """How the arguments of a tf.function are bound."""

    __module__ = "tensorflow.python.eager.polymorphic_function.function_type_utils"

    def __init__(self, binding: Any, signature: Any, name: str, jit: Any) -> None:
        self._binding, self._name = binding, name
        self.input_signature, self.jit_compile, self.is_pure = signature, jit, False
        if binding.constraints is not None and signature is not None:
            self.input_signature = tuple(signature)

    @property
    def function_type(self) -> FunctionType:
        """The parameters with the types known of them."""
        return FunctionType(list(self._binding.typed().parameters.values()))

    @property
    def default_values(self) -> dict[str, Any]:
        """The defaults by name."""
        return dict(self._binding.defaults)

    @property
    def arg_names(self) -> list[str]:
        """The names of the parameters that may be given in order."""
        return [p.name for p in self._binding.signature.parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]  # fmt: skip

    @property
    def flat_input_signature(self) -> tuple[Any, ...]:
        """The specs of the signature in a row."""
        return tuple(_nest.flatten(self.input_signature))

    @property
    def fullargspec(self) -> inspect.FullArgSpec:
        """The parameters as `inspect` tells of them."""
        listed: Any = self._binding.parameters
        by = lambda *kinds: [p for p in listed if p.kind in kinds]
        names = [p.name for p in by(0, 1)]
        defaults = tuple(p.default for p in by(0, 1) if p.default is not p.empty) or None
        spread, named = by(2), by(4)
        only = {p.name: p.default for p in by(3) if p.default is not p.empty} or None
        return inspect.FullArgSpec(
            names, spread[0].name if spread else None, named[0].name if named else None, defaults,
            [p.name for p in by(3)], only, {},
        )  # fmt: skip

    def signature_summary(self, default_values: bool = False) -> str:
        """The parameters over several lines."""
        summary = repr(self.function_type)
        if default_values:
            lines = [f"\n  {name}: {value!r}" for name, value in self._binding.defaults.items()]
            summary += "\nDefaults:" + ("".join(lines) or "\n  None")
        return summary
