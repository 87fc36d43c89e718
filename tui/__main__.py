"""`python -m tui`: the same as the command `manicule`."""

from __future__ import annotations

from tui.main import main

if __name__ == "__main__":
    main()
