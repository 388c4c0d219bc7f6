.PHONY: setup run check test audit bench pictures lock test-backup test-install outages test-growth soak
bin := .venv/bin
calls := --numprocesses 3 --dist loadfile --ignore tests/kill --ignore tests/browser \
	--ignore tests/provisioning/backup_targets --ignore tests/install  # most wait for audio
compile = $(bin)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet
browsers := --numprocesses 2 --dist loadfile tests/browser  # a browser fills a processor

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
	tests/suite.sh $(calls)
	tests/suite.sh $(browsers)
	tests/suite.sh tests/kill  # twenty callers at once: beside others, the machine would spoil their audio

test-install: setup  # in a fresh Debian that boots; as root, a quarter of an hour
	@provisioning/test-packages.sh
	@provisioning/apt-install.sh debootstrap rsync systemd-container vagrant
	$(bin)/pytest --timeout 1800 tests/install

test-backup: setup  # hosts over SSH, object stores, full disks, kills, a real upgrade
	@provisioning/test-packages.sh
	@[ -x .venv-s3/bin/moto_server ] || { python3 -m venv .venv-s3 && .venv-s3/bin/pip install -q 'moto[s3,server]==5.2.5'; }
	$(bin)/pytest tests/provisioning/backup_targets

test-growth: setup  # an hour: what keeps a store, on PostgreSQL and Redis; the folders left out try them anyway
	@provisioning/test-packages.sh
	TESTS_STORE=servers tests/suite.sh $(calls) --ignore tests/store --ignore tests/growth --ignore tests/provisioning \
		--ignore tests/contract --ignore tests/softswitch --ignore tests/esl --ignore tests/tts_asr  # these keep none
	TESTS_STORE=servers tests/suite.sh $(browsers)
	TESTS_STORE=servers tests/suite.sh tests/kill

soak: setup  # 20,000 calls: 40 minutes
	@provisioning/test-packages.sh
	$(bin)/python -m bench.soak

bench: setup
	@provisioning/test-packages.sh
	$(bin)/python -m bench

outages: setup
	@provisioning/test-packages.sh
	$(bin)/python -m tests.kill.outages --page docs/outages.md

pictures: setup
	@provisioning/test-packages.sh
	$(bin)/python -m tests.browser.pictures

audit: setup  # asks the registries which known flaws there are in what we use
	$(bin)/uv tool run --from pip-audit==2.10.1 pip-audit --strict --require-hashes --disable-pip \
		--requirement requirements-dev.lock
	cd admin/front && npm audit --package-lock-only

lock: setup  # what a box gets, and the same with what developers need
	$(compile) --extra browser-phone --extra install pyproject.toml --output-file requirements.lock
	$(compile) --extra browser-phone --extra dev --constraint requirements.lock pyproject.toml \
		--output-file requirements-dev.lock
