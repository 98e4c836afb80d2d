"""Experiments: small nets really trained, one measurement per seed; seed k is net k of every condition.

Pairs share their first weights and their points. A measurement is NaN where a run blew up, and infinite
where it had not arrived when its steps ended. Seeds are `first`, `first` + 1, ...: judge on others than
those that settings were chosen on.
"""

from .capacity import best_xor_accuracy as best_xor_accuracy
from .capacity import deep_linear_loss as deep_linear_loss
from .capacity import memorised_labels as memorised_labels
from .rates import adam_against_descent as adam_against_descent
from .rates import growth_at_rate as growth_at_rate
from .rates import momentum_against_descent as momentum_against_descent
from .rates import noise_floor as noise_floor
from .rates import scaling_features as scaling_features
from .saturation import cross_entropy_against_squares as cross_entropy_against_squares
from .saturation import dead_units as dead_units
from .saturation import tanh_against_sigmoid as tanh_against_sigmoid
from .starts import first_layer_gradient as first_layer_gradient
from .starts import hidden_units_apart as hidden_units_apart
from .starts import signal_at_depth as signal_at_depth
