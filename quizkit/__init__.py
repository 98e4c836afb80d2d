"""Interview preparation whose answer key is computed, not typed."""

__version__ = "0.1.0"
