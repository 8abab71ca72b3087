"""`keras.layers`: what stands between a model's input and its output."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import activations, initializers
from tfgrad_course.tf.keras.adapting import Normalization, Rescaling
from tfgrad_course.tf.keras.attention import AdditiveAttention, Attention, MultiHeadAttention
from tfgrad_course.tf.keras.centring import BatchNormalization, LayerNormalization
from tfgrad_course.tf.keras.images import (
    AveragePooling1D,
    AveragePooling2D,
    AvgPool1D,
    AvgPool2D,
    Conv1D,
    Conv1DTranspose,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Convolution1D,
    Convolution2D,
    DepthwiseConv2D,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAvgPool1D,
    GlobalAvgPool2D,
    GlobalMaxPool1D,
    GlobalMaxPool2D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    MaxPool1D,
    MaxPool2D,
    MaxPooling1D,
    MaxPooling2D,
    UpSampling2D,
    ZeroPadding2D,
)  # fmt: skip
from tfgrad_course.tf.keras.inputs import Input, InputLayer
from tfgrad_course.tf.keras.layer import Layer
from tfgrad_course.tf.keras.merging import (
    Add,
    Average,
    Concatenate,
    Dot,
    Maximum,
    Minimum,
    Multiply,
    Subtract,
    add,
    average,
    concatenate,
    dot,
    maximum,
    minimum,
    multiply,
    subtract,
)  # fmt: skip
from tfgrad_course.tf.keras.noise import Dropout, GaussianNoise
from tfgrad_course.tf.keras.recurrent import GRU, LSTM, SimpleRNN
from tfgrad_course.tf.keras.serializing import deserialize, serialize
from tfgrad_course.tf.keras.shaping import Flatten, Identity, Permute, RepeatVector, Reshape, TimeDistributed
from tfgrad_course.tf.keras.wording import (
    CategoryEncoding,
    Discretization,
    IntegerLookup,
    StringLookup,
    TextVectorization,
)
from tfgrad_course.tf.keras.wrapping import (
    ActivityRegularization,
    Bidirectional,
    CenterCrop,
    GaussianDropout,
    Masking,
    PReLU,
    RandomBrightness,
    RandomContrast,
    RandomFlip,
    Resizing,
    SpatialDropout1D,
    SpatialDropout2D,
    UnitNormalization,
    Wrapper,
)


class Dense(Layer):
    """activation(inputs @ kernel + bias)."""

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **options)
        if not isinstance(units, (int, np.integer)) or units <= 0:
            raise ValueError(
                f"Received an invalid value for `units`, expected a positive integer. Received: units={units}"
            )
        self.units, self.use_bias = int(units), use_bias
        self.activation = activations.get(activation)
        self._initializers = (initializers.get(kernel_initializer), initializers.get(bias_initializer))
        self._regularizers = (kernel_regularizer, bias_regularizer)
        self._constraints = (kernel_constraint, bias_constraint)
        self.kernel: Any = None
        self.bias: Any = None

    def build(self, input_shape: Any) -> None:
        size = int(input_shape[-1])
        self.kernel = self.add_weight(
            name="kernel",
            shape=(size, self.units),
            initializer=self._initializers[0],
            regularizer=self._regularizers[0],
            constraint=self._constraints[0],
        )
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.units,),
                initializer=self._initializers[1],
                regularizer=self._regularizers[1],
                constraint=self._constraints[1],
            )
        self.built = True

    def check_inputs(self, inputs: Any) -> None:
        """Two axes at least, and as many features as the weights are for."""
        start = f"Input 0 with name 'None' of layer '{self.name}' is incompatible with the layer: expected"
        if len(inputs.shape) < 2:
            raise ValueError(
                f"{start} min_ndim=2, found ndim={len(inputs.shape)}. Full shape received: {tuple(inputs.shape)}"
            )
        if self.kernel is not None and inputs.shape[-1] != self.kernel.shape[0]:
            raise ValueError(
                f"{start} axis -1 of input shape to have value {self.kernel.shape[0]}, but received input with shape "
                f"{tuple(inputs.shape)}"
            )

    def call(self, inputs: Any) -> Any:
        rank = len(inputs.shape)
        value = (
            tf.matmul(inputs, self.kernel)
            if rank == 2
            else tf.tensordot(inputs, self.kernel, [[rank - 1], [0]])
        )
        if self.use_bias:
            value = value + self.bias
        return self.activation(value)


class Activation(Layer):
    """An activation function as a layer."""

    def __init__(self, activation: Any, **options: Any) -> None:
        super().__init__(**options)
        self.activation = activations.get(activation)

    def call(self, inputs: Any) -> Any:
        return self.activation(inputs)


class ReLU(Layer):
    """max(x, 0)."""

    def __init__(
        self, max_value: Any = None, negative_slope: float = 0.0, threshold: float = 0.0, **options: Any
    ) -> None:
        super().__init__(**options)
        self._options = (negative_slope, max_value, threshold)

    def call(self, inputs: Any) -> Any:
        return activations.relu(inputs, *self._options)


class LeakyReLU(Layer):
    """x above 0, a small slope below."""

    def __init__(self, negative_slope: float = 0.3, **options: Any) -> None:
        negative_slope = options.pop("alpha", negative_slope)
        super().__init__(**options)
        self.negative_slope = negative_slope

    def call(self, inputs: Any) -> Any:
        return tf.nn.leaky_relu(inputs, alpha=self.negative_slope)


class Softmax(Layer):
    """Softmax along an axis."""

    def __init__(self, axis: int = -1, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        return tf.nn.softmax(inputs, axis=self.axis)


class Lambda(Layer):
    """Any function as a layer."""

    def __init__(
        self, function: Any, output_shape: Any = None, mask: Any = None, arguments: Any = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.function, self.arguments = function, arguments or {}

    def call(self, inputs: Any) -> Any:
        """The function of the inputs."""
        return self.function(inputs, **self.arguments)


class Embedding(Layer):
    """A row of weights for each whole number."""

    def __init__(
        self, input_dim: int, output_dim: int, embeddings_initializer: Any = "uniform", embeddings_regularizer: Any = None,
        embeddings_constraint: Any = None, mask_zero: bool = False, weights: Any = None, **options: Any,
    ) -> None:  # fmt: skip
        options.pop("input_length", None)
        super().__init__(**options)
        self.input_dim, self.output_dim, self.mask_zero = input_dim, output_dim, mask_zero
        self._settings = (
            initializers.get(embeddings_initializer),
            embeddings_regularizer,
            embeddings_constraint,
        )
        self.embeddings: Any = None

    def build(self, input_shape: Any = None) -> None:
        """Make the rows."""
        start, regularizer, constraint = self._settings
        self.embeddings = self.add_weight(
            name="embeddings", shape=(self.input_dim, self.output_dim), initializer=start, regularizer=regularizer,
            constraint=constraint,
        )  # fmt: skip

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        """Which numbers are no padding, if 0 stands for padding."""
        return tf.not_equal(inputs, 0) if self.mask_zero else None

    def call(self, inputs: Any) -> Any:
        return tf.gather(self.embeddings, tf.cast(inputs, "int32"))


class ELU(Layer):
    """x above 0, alpha (exp(x) - 1) below."""

    def __init__(self, alpha: float = 1.0, **options: Any) -> None:
        super().__init__(**options)
        self.alpha = alpha

    def call(self, inputs: Any) -> Any:
        """The activation."""
        return activations.elu(inputs, self.alpha)


__all__ = [
    "ELU",
    "GRU",
    "LSTM",
    "Activation",
    "ActivityRegularization",
    "Add",
    "AdditiveAttention",
    "Attention",
    "Average",
    "AveragePooling1D",
    "AveragePooling2D",
    "AvgPool1D",
    "AvgPool2D",
    "BatchNormalization",
    "Bidirectional",
    "CategoryEncoding",
    "CenterCrop",
    "Concatenate",
    "Conv1D",
    "Conv1DTranspose",
    "Conv2D",
    "Conv2DTranspose",
    "Conv3D",
    "Convolution1D",
    "Convolution2D",
    "Dense",
    "DepthwiseConv2D",
    "Discretization",
    "Dot",
    "Dropout",
    "Embedding",
    "Flatten",
    "GaussianDropout",
    "GaussianNoise",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalAvgPool1D",
    "GlobalAvgPool2D",
    "GlobalMaxPool1D",
    "GlobalMaxPool2D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "Identity",
    "Input",
    "InputLayer",
    "IntegerLookup",
    "Lambda",
    "Layer",
    "LayerNormalization",
    "LeakyReLU",
    "Masking",
    "MaxPool1D",
    "MaxPool2D",
    "MaxPooling1D",
    "MaxPooling2D",
    "Maximum",
    "Minimum",
    "MultiHeadAttention",
    "Multiply",
    "Normalization",
    "PReLU",
    "Permute",
    "RandomBrightness",
    "RandomContrast",
    "RandomFlip",
    "ReLU",
    "RepeatVector",
    "Rescaling",
    "Reshape",
    "Resizing",
    "SimpleRNN",
    "Softmax",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "StringLookup",
    "Subtract",
    "TextVectorization",
    "TimeDistributed",
    "UnitNormalization",
    "UpSampling2D",
    "Wrapper",
    "ZeroPadding2D",
    "add",
    "average",
    "concatenate",
    "deserialize",
    "dot",
    "maximum",
    "minimum",
    "multiply",
    "serialize",
    "subtract",
]
