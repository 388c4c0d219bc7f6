"""A store as it is after years: calls, the steps of some, messages that can be sought."""

import peewee

from store.database import database, writing
from store.models import Flow, Mailbox

DAYS = 180
"""Over which the calls are spread."""
MAILBOXES = 20
FLOWS = ("main", "ads", "subscriptions", "experts")
RARE = 1_000
"""One call in so many has a tag and a flow of its own."""

CALLS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?),
drawn AS (SELECT i, '+49' || (100000000 + abs(random()) % max(? / 4, 1)) AS number,
                 abs(random()) % 100 AS chance,
                 datetime('now', '-' || ((? - i) * ? / ?) || ' seconds') AS at FROM n)
INSERT INTO call (uuid, sip_call_id, caller_number, caller_tail, caller_name, withheld, dialled,
                  flow, version, direction, purpose, started_at, answered_at, ended_at, state,
                  reason, hangup_cause, language, tags)
SELECT printf('call-%09d', i), i || '@host', number, backwards(number), 'Ann Reader', 0,
       CASE chance % 3 WHEN 0 THEN '100' WHEN 1 THEN '101' ELSE '+4930555' END,
       CASE WHEN i % ? = 0 THEN 'rare' WHEN chance < 70 THEN 'main' WHEN chance < 80 THEN 'ads'
            WHEN chance < 90 THEN 'subscriptions' ELSE 'experts' END,
       3, CASE WHEN chance < 8 THEN 'out' ELSE 'in' END, '', at,
       CASE WHEN chance < 93 THEN datetime(at, '+1 seconds') END, datetime(at, '+70 seconds'),
       CASE WHEN chance < 60 THEN 'finished' WHEN chance < 90 THEN 'hung_up'
            WHEN chance < 98 THEN 'transferred' ELSE 'failed' END,
       '', 'NORMAL_CLEARING', 'en', CASE WHEN i % ? = 0 THEN '["scoop"]' ELSE '[]' END
FROM drawn
"""
TAGS = """
INSERT INTO call_tag (call_id, tag, started_at)
SELECT uuid, 'scoop', started_at FROM call WHERE tags <> '[]'
"""
STEPS = """
INSERT INTO call_step (call_id, position, flow, step, verb, started_at, seconds, event, detail,
                       error)
SELECT uuid, p.n, flow, 'step' || p.n, 'say', started_at, 3.0,
       CASE WHEN p.n = 4 THEN 'hangup' ELSE 'done' END, 'said: Welcome to the Daily.', ''
FROM call, (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS p
WHERE call.rowid % 20 = 0
"""
MESSAGES = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO message (id, mailbox_id, box, call, state, urgent, caller_number, caller_name, withheld,
                     dialled, callback_number, callback_confirmed, language, started_at, ended_by,
                     seconds, spoken_seconds, path, size, sha256, reason, deleted_from, changed_at,
                     forwarded_by, comment_path)
SELECT printf('message-%08d', i), 1 + i % ?, 'box', '',
       CASE i % 3 WHEN 0 THEN 'new' ELSE 'saved' END, i % 50 = 0,
       '+49' || (100000000 + i), 'Ann Reader', 0, '100', '', 0, 'en',
       datetime('now', '-' || i || ' minutes'), 'key', 12.0, 10.0, '', 0, '', '', '',
       datetime('now', '-' || i || ' minutes'), '', ''
FROM n
"""
WORDS = (
    """
INSERT INTO transcript (message_id, state, language, text, words, engine, model, note, progress,
                        attempts, claimed_by, error)
SELECT id, 'done', 'en', 'the road to the harbour was closed in lane ' || substr(id, -3), '[]',
       'vosk', '', '', 1.0, 1, '', '' FROM message
""",
    "INSERT INTO message_index (message_id) SELECT id FROM message ORDER BY started_at",
    """
INSERT INTO message_words (rowid, words, box)
SELECT message_index.id, transcript.text, 'box' || message.mailbox_id FROM message_index
JOIN message ON message.id = message_index.message_id
JOIN transcript ON transcript.message_id = message.id
""",
)


def fill(calls: int, messages: int) -> None:
    """SQLite makes the rows itself: a minute instead of ten."""
    sqlite: peewee.SqliteDatabase = database.obj
    sqlite.connection().create_function("backwards", 1, lambda text: text[::-1])
    with writing():
        for number in range(MAILBOXES):
            Mailbox.create(name=f"box-{number}", title=f"Desk {number}", shared=True)
        for name in (*FLOWS, "rare"):
            Flow.create(name=name)
        seconds = DAYS * 86_400
        database.execute_sql(CALLS, (calls, calls, calls, seconds, calls, RARE, RARE))
        database.execute_sql(TAGS)
        database.execute_sql(STEPS)
        database.execute_sql(MESSAGES, (messages, MAILBOXES))
        for sql in WORDS:
            database.execute_sql(sql)
