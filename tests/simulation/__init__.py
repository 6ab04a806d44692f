"""A whole event in one process, driven by one seed: phones, network, organiser, clock, server and disk.

Everything that happens by chance in a hall happens here by a number, so that what goes wrong can be played again:
`python -m tests.simulation 17`.
"""
