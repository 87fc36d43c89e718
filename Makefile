PYTHON ?= .venv/bin/python

.PHONY: third-party
third-party:  ## Have other people's tools read what Manicule writes, and the other way round
	$(PYTHON) tests/third_party/run.py
