"""The judge: fires good, wrong and forged payment notices at an integrator's own listener."""
