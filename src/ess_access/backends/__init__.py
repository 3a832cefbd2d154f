"""One package per kind of edition; none imports another."""
