"""Experiments: small nets really trained, one measurement per seed; seed k is net k of every condition.

Pairs share their first weights and their points. A measurement is NaN where a run blew up, and infinite
where it had not arrived when its steps ended. Seeds are `first`, `first` + 1, ...: judge on others than
those that settings were chosen on.
"""

from .batch_normalisation import batch_norm_and_batch as batch_norm_and_batch
from .batch_normalisation import batch_norm_and_gradients as batch_norm_and_gradients
from .batch_normalisation import batch_norm_and_rate as batch_norm_and_rate
from .batch_normalisation import batch_norm_and_scale as batch_norm_and_scale
from .batch_normalisation import batch_norm_and_speed as batch_norm_and_speed
from .batch_normalisation import running_statistics_lag as running_statistics_lag
from .batches import batch_noise as batch_noise
from .batches import small_batches as small_batches
from .capacity import best_xor_accuracy as best_xor_accuracy
from .capacity import deep_linear_loss as deep_linear_loss
from .capacity import memorised_labels as memorised_labels
from .clipping import clipping_and_blowing_up as clipping_and_blowing_up
from .clipping import clipping_and_direction as clipping_and_direction
from .clipping import clipping_and_learning as clipping_and_learning
from .clipping import clipping_and_speed as clipping_and_speed
from .rates import adam_against_descent as adam_against_descent
from .rates import growth_at_rate as growth_at_rate
from .rates import momentum_against_descent as momentum_against_descent
from .rates import noise_floor as noise_floor
from .rates import scaling_features as scaling_features
from .regularisers import decay_and_accuracy as decay_and_accuracy
from .regularisers import decay_and_gap as decay_and_gap
from .regularisers import decay_and_loss as decay_and_loss
from .regularisers import decoupled_decay as decoupled_decay
from .regularisers import dropout_and_accuracy as dropout_and_accuracy
from .regularisers import dropout_and_gap as dropout_and_gap
from .regularisers import flipped_labels_memorised as flipped_labels_memorised
from .regularisers import jitter_and_accuracy as jitter_and_accuracy
from .regularisers import jitter_and_gap as jitter_and_gap
from .regularisers import stopping_and_gap as stopping_and_gap
from .regularisers import stopping_and_loss as stopping_and_loss
from .saturation import cross_entropy_against_squares as cross_entropy_against_squares
from .saturation import dead_units as dead_units
from .saturation import tanh_against_sigmoid as tanh_against_sigmoid
from .schedules import cosine_against_step as cosine_against_step
from .schedules import rising_against_falling as rising_against_falling
from .schedules import schedule_and_floor as schedule_and_floor
from .schedules import warm_up as warm_up
from .shapes import isotonic_against_copying as isotonic_against_copying
from .shapes import one_bump_on_xor as one_bump_on_xor
from .shapes import tree_against_line as tree_against_line
from .starts import first_layer_gradient as first_layer_gradient
from .starts import hidden_units_apart as hidden_units_apart
from .starts import one_layer_alike as one_layer_alike
from .starts import signal_at_depth as signal_at_depth
from .variances import fan_average as fan_average
from .variances import he_against_glorot as he_against_glorot
