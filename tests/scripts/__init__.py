"""The scripts: their logic in Node, and that what pages load is made of them as they stand."""
