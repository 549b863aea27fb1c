"""Kinds of files, one module a publisher: each says in ``PUBLICATIONS`` what it publishes and how that is read. A module that is here is known."""
