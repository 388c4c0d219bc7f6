"""Writes `dashboard.json` beside this file: `python -m provisioning.grafana.dashboard`."""

import json
from collections.abc import Sequence
from pathlib import Path

from .panels import Panel, dashboard, figure, graph, lamp, quantiles

PAGE = Path(__file__).with_name("dashboard.json")
HERE = 'instance=~"$box"'


def _sum(metric: str, by: str) -> str:
    return f"sum by ({by}) (rate({metric}{{{HERE}}}[$__rate_interval]))"


ROWS: Sequence[tuple[str, Sequence[Panel]]] = [
    (
        "Now",
        [
            figure("Calls", f"sum(pressline_calls_live{{{HERE}}})"),
            lamp("Switch", (f"min(pressline_switch_up{{{HERE}}})", "")),
            lamp("Processes", (f"min by (process) (pressline_up{{{HERE}}})", "{{process}}")),
            lamp("Trunks", (f"min by (trunk) (pressline_trunk_up{{{HERE}}})", "{{trunk}}")),
            figure("Phones", f"sum(pressline_phones_registered{{{HERE}}})"),
            figure("Needs a person", f"sum(pressline_alarms{{{HERE}}})", warn=1, bad=3),
            figure(
                "Room on the disk",
                f"min(pressline_disk_free_bytes{{{HERE}}} / pressline_disk_bytes{{{HERE}}})",
                "percentunit", warn=0.1, bad=0.05, low_is_bad=True,
            ),
            figure(
                "Since the last backup",
                f"max(time() - pressline_backup_good_timestamp_seconds{{{HERE}}})",
                "s", warn=90_000, bad=172_800,
            ),
        ],
    ),
    (
        "Calls",
        [
            graph("Calls that go on", (f"sum(pressline_calls_live{{{HERE}}})", "calls")),
            graph(
                "How calls end", (_sum("pressline_calls_ended_total", "end"), "{{end}}"),
                unit="cps", about="lost and failed should be nought.",
            ),
            graph("Until the answer", *quantiles("pressline_call_answer_seconds"), unit="s"),
        ],
    ),
    (
        "Flows",
        [
            graph("Calls by flow", (_sum("pressline_calls_started_total", "flow"), "{{flow}}"),
                  unit="cps"),
            graph("Steps that failed", (_sum("pressline_steps_failed_total", "verb"), "{{verb}}"),
                  unit="ops"),
            graph("What calls wait for", *quantiles("pressline_wait_seconds", "task"), unit="s"),
            graph(
                "Waits that brought nothing",
                (_sum("pressline_waits_failed_total", "task, why"), "{{task}}: {{why}}"),
                unit="ops",
            ),
        ],
    ),
    (
        "Sound",
        [
            graph("Lost", *quantiles("pressline_call_loss_ratio"), unit="percentunit",
                  about="Of each call's sound; above 2 % speech breaks up."),
            graph("Uneven", *quantiles("pressline_call_jitter_seconds"), unit="s"),
            graph(
                "Hard to understand",
                (f"sum(rate(pressline_calls_bad_total{{{HERE}}}[1h])) / "
                 f"sum(rate(pressline_call_loss_ratio_count{{{HERE}}}[1h]))", "share of calls"),
                unit="percentunit",
            ),
        ],
    ),
    (
        "Messages and jobs",
        [
            graph("Messages", (f"sum by (why) (pressline_messages{{{HERE}}})", "{{why}}")),
            graph("Owed by the worker", (f"sum by (what) (pressline_owed{{{HERE}}})", "{{what}}")),
            graph(
                "The oldest of it",
                (f"max by (what) (pressline_owed_oldest_seconds{{{HERE}}})", "{{what}}"), unit="s",
            ),
            graph("Jobs", (_sum("pressline_jobs_done_total", "job, how"), "{{job}}: {{how}}"),
                  unit="ops"),
        ],
    ),
    (
        "The box",
        [
            graph("Lag of the call's loop", (f"max(pressline_loop_lag_seconds{{{HERE}}})", "lag"),
                  unit="s", about="What waits here is heard late by every caller."),
            graph(
                "Memory",
                (f"sum by (process) (pressline_process_memory_bytes{{{HERE}}})", "{{process}}"),
                unit="bytes",
            ),
            graph("Processor",
                  (_sum("pressline_process_cpu_seconds_total", "process"), "{{process}}"),
                  unit="percentunit"),
            graph("Started anew", (f"sum by (process) (increase(pressline_restarts_total{{{HERE}}}"
                                   "[$__rate_interval]))", "{{process}}")),
        ],
    ),
    (
        "The store and the disk",
        [
            graph(
                "Rows on their way", (f"sum(pressline_store_waiting{{{HERE}}})", "in memory"),
            ),
            graph(
                "Kept for the store", (f"sum(pressline_store_journal_bytes{{{HERE}}})", "journal"),
                unit="bytes", about="Above nought: the store is away, nothing is lost.",
            ),
            graph(
                "Kept", (f"max by (folder) (pressline_kept_bytes{{{HERE}}})", "{{folder}}"),
                unit="bytes",
            ),
            graph(
                "Open files",
                (f"sum by (process) (pressline_process_open_files{{{HERE}}})", "{{process}}"),
            ),
        ],
    ),
]  # fmt: skip


def text() -> str:
    return json.dumps(dashboard("Pressline", "pressline", ROWS), indent=2) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
