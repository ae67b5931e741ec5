"""How much memory there is, and the refusal of work that would not fit."""

from __future__ import annotations

from pathlib import Path

from burdenshare.errors import BargainingError

# Half of what is free: the tables are not the only thing in memory, and other programs run too.
SHARE_OF_FREE_MEMORY = 0.5
# Where the system does not say what is free (neither Linux's meminfo nor a control group), assume a small machine.
FALLBACK_BYTES = 2 * 1024**3


def free_bytes() -> int:
    """Bytes of memory this process may still take, the smaller of the machine's and its control group's."""
    free = FALLBACK_BYTES
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                free = int(line.split()[1]) * 1024
    limit, used = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
    try:
        text = limit.read_text().strip()
        if text != "max":
            free = min(free, max(0, int(text) - int(used.read_text())))
    except (OSError, ValueError):
        pass
    return free


def require_memory(needed: int, what: str) -> None:
    """Raise BargainingError when `what` needs more bytes than half of what is free."""
    bound = int(free_bytes() * SHARE_OF_FREE_MEMORY)
    if needed > bound:
        raise BargainingError(
            f"{what} needs about {in_gigabytes(needed)} GB of memory and the bound is {in_gigabytes(bound)} GB, "
            "half of what is free; take fewer issues, values or levels, or a machine with more memory."
        )


def in_gigabytes(count: int) -> str:
    if count >= 10**14:
        return f"10^{len(str(count)) - 10}"
    return f"{count / 1e9:.3g}"
