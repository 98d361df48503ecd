"""A temporal knowledge graph of what sources said about a conflict."""
