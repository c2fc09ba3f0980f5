"""What they do, as HTTP steps with a criterion of success each."""
