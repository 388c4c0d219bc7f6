import pytest

from tests.lines.meetings.diaries import Paper


@pytest.fixture
def paper(store: str) -> Paper:
    return Paper()
