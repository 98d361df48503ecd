"""A read-only SPARQL 1.1 endpoint over a snapshot of a store: a server of others (uvicorn) with limits that hold.

It writes to no store and asks nobody else. docs/serving.md
"""
