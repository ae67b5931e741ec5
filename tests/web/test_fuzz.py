"""Requests made from the OpenAPI document, as wrong as they come, find no failure of the server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from starlette.testclient import TestClient
from tests.web.conftest import CASE, HERE, NOW

from burdenshare.record import open_record
from burdenshare.web import Settings, create_app, view
from burdenshare.web.api.described import document

EXAMPLES = 5  # requests for each call


@pytest.fixture(scope="module")
def unguarded(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, TestClient]]:
    """A workbench that asks for no token, so that what stands behind the token is reached; and its description.

    Half of the requests ask for a case, a report and a claim that are there.
    """
    path = tmp_path_factory.mktemp("fuzz") / "talks.db"
    shutil.copy(kept, path)

    async def let_in(_: object) -> None:
        return None

    with pytest.MonkeyPatch.context() as patch, open_record(str(path)) as record:
        patch.setattr(view, "from_our_page", let_in)
        app = create_app(record, Settings(case=CASE), clock=lambda: NOW)
        made = document(app)
        there = {"case": [CASE], "id": [record.entries(case=CASE)[0].id, record.reports()[0].id]}
        for methods in made["paths"].values():
            for call in methods.values():
                for parameter in call.get("parameters", ()):
                    if parameter["in"] == "path" and parameter["name"] in there:
                        known = {"enum": there[parameter["name"]]}
                        parameter["schema"] = {"anyOf": [known, parameter["schema"]]}
        with TestClient(app, base_url=HERE, raise_server_exceptions=False) as http:
            yield schemathesis.openapi.from_dict(made), http


def ask(http: TestClient, case: Any) -> Any:
    """Sends what was made."""
    given_ = case.as_transport_kwargs(base_url=HERE)
    kept = {
        k: v
        for k, v in given_.items()
        if k in ("method", "url", "params", "headers", "json", "data", "files", "content")
    }
    return http.request(**kept, follow_redirects=False)


@pytest.mark.slow
def test_no_request_makes_the_server_fail(unguarded: tuple[Any, TestClient]) -> None:
    schema, http = unguarded
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @seed(6)
        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def one(case: Any) -> None:
            nonlocal asked
            asked += 1
            answer = ask(http, case)
            assert answer.status_code < 500, (
                case.method,
                case.formatted_path,
                case.query,
                case.body,
                answer.text[:200],
            )

        one()
    assert asked > 100
