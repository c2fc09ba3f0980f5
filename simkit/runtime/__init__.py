"""The only place that meets the outside world's time and chance."""
