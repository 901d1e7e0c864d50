"""`python -m triplehelix` is the `triplehelix` command."""

from .cli import main

if __name__ == "__main__":
    main()
