"""Values: what solvers return and learners type; how they are carried, shown, read and compared."""
