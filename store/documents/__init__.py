"""Reading documents in: one module a kind of document, the registry in `kinds`, the way through them in `reading`."""
