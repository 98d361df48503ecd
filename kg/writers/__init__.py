"""Write what a case holds into files that the loaders read: claim files (YAML) and registers (CSV).

Nothing is lost on the way there and back; what could not come back equal is
refused. It opens no files and no stores.
"""
