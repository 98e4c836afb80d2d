"""Many small nets trained at once: draws, data, the trainer, its oracle, and the statistics."""
