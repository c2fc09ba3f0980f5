"""The front door: command line, stack, worlds for tests, browser, audit and conformance checks."""
