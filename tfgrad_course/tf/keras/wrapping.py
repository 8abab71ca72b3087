"""Layers around other layers, and layers with little to learn."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import initializers, random
from tfgrad_course.tf.keras.layer import Layer


class Wrapper(Layer):
    """A layer around another."""

    def __init__(self, layer: Any, **options: Any) -> None:
        super().__init__(**options)
        self.layer = layer

    def call(self, inputs: Any, **options: Any) -> Any:
        """What the layer inside gives."""
        return self.layer(inputs, **options)


class Bidirectional(Layer):
    """A sequence gone through from both ends."""

    def __init__(
        self, layer: Any, merge_mode: str | None = "concat", weights: Any = None, backward_layer: Any = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        args, kwargs = layer._made_with
        names = {"name": f"forward_{layer.name}"}
        self.forward_layer = type(layer)(*args, **{**kwargs, **names})
        turned = {**kwargs, "name": f"backward_{layer.name}", "go_backwards": not layer.go_backwards}
        self.backward_layer = backward_layer or type(layer)(*args, **turned)
        self.merge_mode = merge_mode

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Both results, put together."""
        there, back = self.forward_layer(inputs), self.backward_layer(inputs)
        states: list[Any] = []
        if isinstance(there, (list, tuple)):
            states = [*there[1:], *back[1:]]
            there, back = there[0], back[0]
        if self.forward_layer.return_sequences:
            back = tf.reverse(back, axis=[1])
        joined = {
            "concat": lambda: tf.concat([there, back], axis=-1), "sum": lambda: there + back,
            "ave": lambda: (there + back) / 2.0, "mul": lambda: there * back, None: lambda: [there, back],
        }[self.merge_mode]()  # fmt: skip
        return [joined, *states] if states else joined


class PReLU(Layer):
    """x above 0, a slope to be learned below."""

    def __init__(
        self, alpha_initializer: Any = "Zeros", alpha_regularizer: Any = None, alpha_constraint: Any = None,
        shared_axes: Any = None, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self._settings = (initializers.get(alpha_initializer), alpha_regularizer, alpha_constraint)
        self.shared_axes = [shared_axes] if isinstance(shared_axes, int) else shared_axes or []

    def build(self, input_shape: Any) -> None:
        """A slope for each feature."""
        shape = [1 if i in self.shared_axes else int(n) for i, n in enumerate(input_shape) if i]
        start, regularizer, constraint = self._settings
        self.alpha = self.add_weight(
            name="alpha", shape=shape, initializer=start, regularizer=regularizer, constraint=constraint
        )

    def call(self, inputs: Any) -> Any:
        """The activation."""
        return tf.nn.relu(inputs) - self.alpha * tf.nn.relu(-inputs)


class ActivityRegularization(Layer):
    """The inputs, which cost something."""

    def __init__(self, l1: float = 0.0, l2: float = 0.0, **options: Any) -> None:
        from tfgrad_course.tf.keras.regularizers import L1L2

        super().__init__(activity_regularizer=L1L2(l1, l2), **options)
        self.l1, self.l2 = l1, l2

    def call(self, inputs: Any) -> Any:
        """Nothing is changed."""
        return inputs


class UnitNormalization(Layer):
    """Each sample with norm 1 along an axis."""

    def __init__(self, axis: Any = -1, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        """Divided by the norm."""
        return tf.math.l2_normalize(inputs, axis=self.axis)


class Masking(Layer):
    """The inputs, zeros where a whole step has the value that stands for nothing."""

    def __init__(self, mask_value: float = 0.0, **options: Any) -> None:
        super().__init__(**options)
        self.mask_value = mask_value

    def call(self, inputs: Any) -> Any:
        """Zeros for the masked steps."""
        kept = tf.reduce_any(tf.not_equal(inputs, self.mask_value), axis=-1, keepdims=True)
        return inputs * tf.cast(kept, inputs.dtype)


class GaussianDropout(Layer):
    """The inputs times normal noise around 1 while training."""

    def __init__(self, rate: float, seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.rate, self.seed = rate, seed
        self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Noise, or nothing."""
        if not training or self.rate == 0:
            return inputs
        spread = float((self.rate / (1.0 - self.rate)) ** 0.5)
        return inputs * random.normal(inputs.shape, 1.0, spread, inputs.dtype, self.seed_generator)


class _SpatialDropout(Layer):
    def __init__(self, rate: float, seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.rate, self.seed = rate, seed
        self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Whole channels set to 0 while training."""
        if not training or self.rate == 0:
            return inputs
        shape = [int(inputs.shape[0]), *([1] * (len(inputs.shape) - 2)), int(inputs.shape[-1])]
        return random.dropout(inputs, self.rate, shape, self.seed_generator)


class SpatialDropout1D(_SpatialDropout):
    """A share of the channels of sequences set to 0 while training."""


class SpatialDropout2D(_SpatialDropout):
    """A share of the channels of images set to 0 while training."""


class Resizing(Layer):
    """Images of another size."""

    def __init__(self, height: int, width: int, interpolation: str = "bilinear", **options: Any) -> None:
        super().__init__(**options)
        self.height, self.width, self.interpolation = height, width, interpolation

    def call(self, inputs: Any) -> Any:
        """Resized."""
        found = tf.image.resize(inputs, [self.height, self.width], method=self.interpolation)
        return tf.cast(found, self.dtype)


class CenterCrop(Layer):
    """The middle of images."""

    def __init__(self, height: int, width: int, **options: Any) -> None:
        super().__init__(**options)
        self.height, self.width = height, width

    def call(self, inputs: Any) -> Any:
        """Cut out."""
        top, left = (int(inputs.shape[-3]) - self.height) // 2, (int(inputs.shape[-2]) - self.width) // 2
        return tf.cast(inputs[..., top : top + self.height, left : left + self.width, :], self.dtype)


class RandomFlip(Layer):
    """Images mirrored by chance while training."""

    def __init__(self, mode: str = "horizontal_and_vertical", seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.mode, self.seed = mode, seed
        self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = True) -> Any:
        """Mirrored, or not."""
        inputs = tf.cast(inputs, self.dtype)
        for word, axis in (("horizontal", -2), ("vertical", -3)):
            if training and word in self.mode:
                shape = [*inputs.shape[:-3], 1, 1, 1]
                turned = random.uniform(shape, seed=self.seed_generator) < 0.5
                inputs = tf.where(turned, tf.reverse(inputs, axis=[len(inputs.shape) + axis]), inputs)
        return inputs


class RandomBrightness(Layer):
    """Images made lighter or darker by chance while training."""

    def __init__(self, factor: Any, value_range: Any = (0, 255), seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.factor, self.value_range, self.seed = factor, value_range, seed
        self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = True) -> Any:
        """Shifted, within the range."""
        inputs = tf.cast(inputs, self.dtype)
        if not training:
            return inputs
        low, high = (-self.factor, self.factor) if isinstance(self.factor, (int, float)) else self.factor
        bottom, top = self.value_range
        shape = [*inputs.shape[:-3], 1, 1, 1]
        shift = random.uniform(shape, low, high, seed=self.seed_generator) * float(top - bottom)
        return tf.clip_by_value(inputs + shift, float(bottom), float(top))


class RandomContrast(Layer):
    """Images with more or less contrast by chance while training."""

    def __init__(self, factor: Any, value_range: Any = (0, 255), seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.factor, self.value_range, self.seed = factor, value_range, seed
        self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = True) -> Any:
        """Drawn from, or to, the mean of each channel."""
        inputs = tf.cast(inputs, self.dtype)
        if not training:
            return inputs
        low, high = (self.factor, self.factor) if isinstance(self.factor, (int, float)) else self.factor
        shape = [*inputs.shape[:-3], 1, 1, 1]
        factor = random.uniform(shape, 1.0 - low, 1.0 + high, seed=self.seed_generator)
        mean = tf.reduce_mean(inputs, axis=[-3, -2], keepdims=True)
        return tf.clip_by_value((inputs - mean) * factor + mean, *map(float, self.value_range))
