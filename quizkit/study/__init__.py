"""What a learner does: which questions come, what was answered, and where a session stands."""
