"""Stands in for the national Payment Platform (nền tảng thanh toán trực tuyến)."""
