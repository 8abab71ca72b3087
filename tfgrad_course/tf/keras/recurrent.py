"""Layers that go along a sequence with a state: SimpleRNN, GRU, LSTM."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import activations, initializers, random
from tfgrad_course.tf.keras.layer import Layer


class _Recurrent(Layer):
    gates, states = 1, 1
    # Keras draws a seed for dropout too, before or after those of the weights.
    seeds_first = False

    def __init__(
        self, units: int, activation: Any = "tanh", recurrent_activation: Any = "sigmoid", use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform", recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros", return_sequences: bool = False, return_state: bool = False,
        go_backwards: bool = False, stateful: bool = False, dropout: float = 0.0, recurrent_dropout: float = 0.0,
        unroll: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        if self.seeds_first:
            self.seed_generator = random.SeedGenerator(None)
        if dropout or recurrent_dropout:
            raise NotImplementedError(
                "tfgrad's shim has no dropout inside recurrent layers: put a Dropout layer before."
            )
        self.units, self.use_bias = units, use_bias
        self.activation, self.recurrent_activation = (
            activations.get(activation),
            activations.get(recurrent_activation),
        )
        self.return_sequences, self.return_state = return_sequences, return_state
        self.go_backwards, self.stateful = go_backwards, stateful
        self._initializers = tuple(
            initializers.get(one) for one in (kernel_initializer, recurrent_initializer, bias_initializer)
        )
        if not self.seeds_first:
            self.seed_generator = random.SeedGenerator(None)
        self._kept: Any = None

    def build(self, input_shape: Any) -> None:
        """Weights of inputs, of the state, and the bias."""
        wide = self.units * self.gates
        first, second, third = self._initializers
        self.kernel = self.add_weight(name="kernel", shape=(int(input_shape[-1]), wide), initializer=first)
        self.recurrent_kernel = self.add_weight(
            name="recurrent_kernel", shape=(self.units, wide), initializer=second
        )
        self.bias: Any = (
            self.add_weight(name="bias", shape=self.bias_shape(wide), initializer=third)
            if self.use_bias
            else None
        )
        self.begin_bias()

    def bias_shape(self, wide: int) -> tuple[int, ...]:
        """The shape of the bias."""
        return (wide,)

    def begin_bias(self) -> None:
        """The bias starts as its initializer says."""

    def step(self, x: Any, states: list[Any]) -> list[Any]:
        """The states after one more input; the first is the output."""
        raise NotImplementedError

    def call(self, inputs: Any, initial_state: Any = None, training: Any = None, mask: Any = None) -> Any:
        """Along the second axis."""
        states = self._first(inputs, initial_state)
        outputs = []
        count = int(inputs.shape[1])
        for t in reversed(range(count)) if self.go_backwards else range(count):
            states = self.step(inputs[:, t], states)
            outputs.append(states[0])
        if self.stateful:
            self._kept = [tf.stop_gradient(state) for state in states]
        result = tf.stack(outputs, axis=1) if self.return_sequences else states[0]
        return [result, *states] if self.return_state else result

    def _first(self, inputs: Any, given: Any) -> list[Any]:
        if given is not None:
            return list(given) if isinstance(given, (list, tuple)) else [given]
        rows = int(inputs.shape[0])
        if self.stateful and self._kept is not None and int(self._kept[0].shape[0]) == rows:
            return list(self._kept)
        return [tf.zeros((rows, self.units), inputs.dtype) for _ in range(self.states)]

    def reset_states(self) -> None:
        """Begin with zeros again."""
        self._kept = None

    reset_state = reset_states

    def _mixed(self, x: Any, state: Any) -> Any:
        value = tf.matmul(x, self.kernel) + tf.matmul(state, self.recurrent_kernel)
        return value + self.bias if self.use_bias else value


class SimpleRNN(_Recurrent):
    """The state is the activation of inputs and state before."""

    seeds_first = True

    def step(self, x: Any, states: list[Any]) -> list[Any]:
        """One step."""
        return [self.activation(self._mixed(x, states[0]))]


class LSTM(_Recurrent):
    """A memory with gates for forgetting, taking in and giving out."""

    gates, states = 4, 2

    def begin_bias(self) -> None:
        """The gate for forgetting starts open."""
        if self.use_bias:
            self.bias.assign(
                tf.concat([tf.zeros(self.units), tf.ones(self.units), tf.zeros(2 * self.units)], axis=0)
            )

    def step(self, x: Any, states: list[Any]) -> list[Any]:
        """One step."""
        into, forget, new, out = tf.split(self._mixed(x, states[0]), 4, axis=1)
        memory = self.recurrent_activation(forget) * states[1] + self.recurrent_activation(
            into
        ) * self.activation(new)
        return [self.recurrent_activation(out) * self.activation(memory), memory]


class GRU(_Recurrent):
    """A state with gates for updating and resetting (reset after the product, as Keras does)."""

    gates = 3

    def bias_shape(self, wide: int) -> tuple[int, ...]:
        """One bias for the inputs, one for the state."""
        return (2, wide)

    def step(self, x: Any, states: list[Any]) -> list[Any]:
        """One step."""
        of_input, of_state = tf.matmul(x, self.kernel), tf.matmul(states[0], self.recurrent_kernel)
        if self.use_bias:
            of_input, of_state = of_input + self.bias[0], of_state + self.bias[1]
        (z, r, h), (uz, ur, uh) = tf.split(of_input, 3, axis=1), tf.split(of_state, 3, axis=1)
        update, reset = self.recurrent_activation(z + uz), self.recurrent_activation(r + ur)
        return [update * states[0] + (1.0 - update) * self.activation(h + reset * uh)]
