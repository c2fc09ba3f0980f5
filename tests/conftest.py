"""What all tests share: one Hypothesis profile.

In CI the examples are fixed, so that a run can be repeated; by hand they are new each time. No
deadline: the machine is shared, and no test asserts a time.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")
