"""`manicule theme`: choose the colours of the program, for all projects."""

from __future__ import annotations

from typing import Annotated

import typer

from store.user_config import read_user_config, remember_choice
from tui.command_line.telling import tell, tell_problem

EXAMPLE = "manicule theme colour-blind"


def theme(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The theme; without it they are listed.", show_default=False),
    ] = None,
) -> int:
    """List the themes, the chosen one marked, or choose one; it is remembered in your own config.toml."""
    from tui.themes import DEFAULT_LOOK, LOOKS

    config = read_user_config()
    if name is None:
        if config.problem:
            tell_problem(config.problem)
        chosen = config.values.get("theme", DEFAULT_LOOK)
        for look in LOOKS.values():
            print(f"{'*' if look.name == chosen else ' '} {look.name:<20} {look.title}")
        return 2 if config.problem else 0
    if name not in LOOKS:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(LOOKS)}")
    remember_choice("theme", name)
    tell(f"{config.path}: theme = {name}")
    return 0
