"""Read what was said from files: claim files (YAML) and registers (CSV)."""
