"""Bytes in; records, diagnostics and places out. The only reader of YAML and of baselines."""
