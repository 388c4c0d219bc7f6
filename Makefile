.PHONY: setup run check test bench pictures lock
bin := .venv/bin

setup:
	@provisioning/python-setup.sh

run: setup
	@$(bin)/pressline demo --if-empty
	@$(bin)/pressline up

check: setup
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/pytest -q tests/test_imports.py

test: setup
	@provisioning/test-packages.sh
	$(bin)/pytest --numprocesses 3 --dist loadfile --ignore tests/kill --ignore tests/browser  # most wait for audio
	$(bin)/pytest tests/kill tests/browser  # twenty callers at once, a whole browser: not beside others

bench: setup
	@provisioning/test-packages.sh
	$(bin)/python -m bench

pictures: setup
	@provisioning/test-packages.sh
	$(bin)/python -m tests.browser.pictures

lock: setup
	$(bin)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet \
		--extra dev --extra browser-phone pyproject.toml --output-file requirements.lock
