"""Where the banks keep what they know: the only SQL of this house."""
