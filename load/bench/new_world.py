"""A new world in every house over HTTP, and its removal: milliseconds."""

import statistics
import tempfile
import time
from pathlib import Path

from motcua.control import Controls
from motcua.stack import Stack, StackOptions

_WORLDS = 30


def main() -> None:
    """Print the median over some worlds."""
    with (
        tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder,
        Stack(StackOptions(port_base=0, data=Path(folder))) as stack,
    ):
        controls = Controls(stack.urls)
        controls.worlds()  # connections are open and code is warm
        made, reset, gone = [], [], []
        for number in range(_WORLDS):
            name = f"bench-{number}"
            made.append(_milliseconds(lambda n=name: controls.create(n)))
            reset.append(_milliseconds(lambda n=name: controls.reset(n)))
            gone.append(_milliseconds(lambda n=name: controls.delete(n)))
        for what, times in (("create", made), ("reset", reset), ("delete", gone)):
            print(
                f"{what} in {len(stack.urls)} houses: median {statistics.median(times):.1f} ms,"
                f" max {max(times):.1f} ms (goal for a new world: 20 ms)",
            )


def _milliseconds(action: object) -> float:
    began = time.perf_counter()
    if callable(action):
        action()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
