"""VNPAY 2.1.0, and what its older versions still ask for, in plain Python."""
