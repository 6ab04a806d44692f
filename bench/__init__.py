"""Measurements that print ratios: `python -m bench`."""
