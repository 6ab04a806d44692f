"""Whether a package is whole: its container, its manifest and signature, and its files against each other."""
