"""`python -m quizkit`."""

from quizkit.terminal.app import main

if __name__ == "__main__":
    main()
