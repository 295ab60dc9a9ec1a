"""The page is for a browser on this machine, and for nobody else."""

import pytest

from bot.playground.page.guard import is_loopback
from tests.playground.page_stage import Visitor


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "localhost:1", "[::1]:8080"])
def test_this_machine_is_let_in(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.4:8080", "[::1"])
def test_another_host_is_refused_everywhere(visitor: Visitor, host: str) -> None:
    for path in ("/", "/playground/live", "/playground/static/main.js"):
        assert visitor.client.get(path, headers={"Host": host}).status_code == 403


def test_another_sites_page_may_not_act(visitor: Visitor) -> None:
    url = "/playground/phones/amina/start"
    for origin in ("http://evil.example", "http://127.0.0.1:9999", "null"):
        assert visitor.client.post(url, json={"payload": ""}, headers={"Origin": origin}).status_code == 403
    assert not visitor.stage.phones["amina"].messages()
    own = {"Origin": str(visitor.client.base_url).rstrip("/")}
    assert visitor.client.post(url, json={"payload": ""}, headers=own).status_code == 200


def test_page_runs_only_its_own_scripts(visitor: Visitor) -> None:
    headers = visitor.client.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_name_that_only_contains_loopback_is_not_loopback() -> None:
    assert not is_loopback("localhost.example:80")
    assert not is_loopback("example:80@127")
