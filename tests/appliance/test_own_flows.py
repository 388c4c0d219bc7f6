"""The box's own flows are whole, and nobody can put one in their place."""

from appliance.own_flows import FOLDER, RESERVED, load_own


def test_every_flow_of_the_box_loads() -> None:
    assert [str(problem) for problem in load_own().problems] == []


def test_every_flow_of_the_box_has_a_name_that_no_paper_can_use() -> None:
    flows = load_own().flows
    assert flows
    assert sorted(flows) == sorted(path.stem for path in FOLDER.glob("*.yaml"))
    assert all(name.startswith(RESERVED) for name in flows)
