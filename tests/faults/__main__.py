"""All the faults, and how many of them were survived: `python -m tests.faults` in the project's folder."""

from __future__ import annotations

import argparse
import errno
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from surviving import failing_disk, flips, hammering, kills, truncations  # noqa: E402
from workers import Nursery, nursery  # noqa: E402

Part = Callable[[Path, Nursery], Counter[str]]


def main() -> None:
    """Run all parts and print what was survived; the first fault that is not ends it with a traceback."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="processes to kill")
    parser.add_argument("--hammering", type=int, default=50, help="rounds of several processes at once")
    parser.add_argument("--every", type=int, default=1, help="every how many-th byte and call")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen at random")
    asked = parser.parse_args()
    parts: dict[str, Part] = {
        "kill -9": lambda folder, one: kills(folder, one, asked.kills, asked.seed),
        "several at once": lambda folder, one: hammering(folder, one, asked.hammering, asked.seed),
        "cuts": lambda folder, one: truncations(folder, asked.every),
        "bit flips": lambda folder, one: flips(folder, asked.every, asked.seed),
    }
    for number in (errno.ENOSPC, errno.EIO):
        for lasting in (False, True):
            parts[f"disk {number} {lasting}"] = partial(_disk, number=number, lasting=lasting, every=asked.every)
    run_parts(parts)


def _disk(folder: Path, _one: Nursery, *, number: int, lasting: bool, every: int) -> Counter[str]:
    return failing_disk(folder, number, lasting=lasting, every=every)


def run_parts(parts: dict[str, Part]) -> None:
    """Run each part in a folder of its own and print a line for each kind of fault."""
    total = 0
    with nursery() as one, tempfile.TemporaryDirectory(prefix="manicule-") as place:
        for number, part in enumerate(parts.values()):
            folder = Path(place) / str(number)
            folder.mkdir()
            began = time.monotonic()
            survived = part(folder, one)
            for kind, count in sorted(survived.items()):
                print(f"{count:6,}  {kind}")
            print(f"        in {time.monotonic() - began:.0f} s", flush=True)
            total += sum(survived.values())
    print(f"{total:6,}  faults survived, nothing acknowledged lost, nothing left that the doctor does not name")


if __name__ == "__main__":
    main()
