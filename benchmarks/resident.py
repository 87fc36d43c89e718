"""How much memory another process holds."""

from __future__ import annotations

from pathlib import Path


def resident_megabytes(pid: int) -> float:
    """The resident memory of a process in MB, where the system tells (Linux); else 0."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().split("\n") if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
