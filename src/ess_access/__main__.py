"""``python -m ess_access`` is ``ess-access``."""

from ess_access.cli import main

if __name__ == "__main__":
    main(prog_name="ess-access")
