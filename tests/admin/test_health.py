from admin.app import create_app
from admin.health import Health


def test_all_well_answers_200_with_every_part() -> None:
    client = create_app({"switch": lambda: Health(True, "up", {"calls": 2})}).test_client()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "parts": {"switch": {"ok": True, "message": "up", "facts": {"calls": 2}}},
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_part_away_answers_503_and_the_others_are_still_told() -> None:
    checks = {
        "switch": lambda: Health(False, "away"),
        "store": lambda: Health(True, "well"),
    }
    answer = create_app(checks).test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json["status"] == "degraded"
    assert answer.json["parts"]["store"]["ok"] is True


def test_a_check_that_breaks_is_a_part_that_is_not_well() -> None:
    def broken() -> Health:
        raise RuntimeError("secret inside")

    answer = create_app({"worker": broken}).test_client().get("/healthz")
    assert answer.json["parts"]["worker"]["ok"] is False
    assert "secret" not in answer.text


def test_the_front_door_leads_to_what_there_is() -> None:
    answer = create_app({}).test_client().get("/", follow_redirects=True)
    assert answer.json == {"status": "ok", "parts": {}}
