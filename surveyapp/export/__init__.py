"""ANALYST takes the answers away: one module per file format, all fed by one row iterator."""
