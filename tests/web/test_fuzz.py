"""Requests made from the OpenAPI document, as wrong as they come, find no failure of the server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from tests.web.conftest import CASE, NOW

from burdenshare.record import open_record
from burdenshare.web import Settings, create_app
from burdenshare.web.api.described import document
from burdenshare.web.view import from_our_page


@pytest.fixture(scope="module")
def open_bench(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The document of a workbench that asks for no token, so that what stands behind the token is reached."""
    import burdenshare.web.view as view

    path = tmp_path_factory.mktemp("fuzz") / "talks.db"
    shutil.copy(kept, path)

    async def let_in(_: object) -> None:
        return None

    patch = pytest.MonkeyPatch()
    patch.setattr(view, "from_our_page", let_in)
    with open_record(str(path)) as record:
        app = create_app(record, Settings(case=CASE, names=frozenset({"testserver", "127.0.0.1"})), clock=lambda: NOW)
        made = document(app)
        claim = record.entries(case=CASE)[0].id
        for methods in made["paths"].values():
            for call in methods.values():
                for parameter in call.get("parameters", ()):
                    # half of the requests ask for what is there
                    if parameter["in"] == "path" and parameter["name"] == "case":
                        parameter["schema"] = {"enum": [CASE, CASE, "nowhere"]}
                    if parameter["in"] == "path" and parameter["name"] in ("id", "claim"):
                        ids = [claim, record.reports()[0].id]
                        parameter["schema"] = {"anyOf": [{"enum": ids}, parameter["schema"]]}
        yield schemathesis.openapi.from_dict(made).configure() if False else _loaded(made, app)
    patch.undo()
    assert from_our_page is not None


def _loaded(made: dict[str, object], app: object) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_dict(made)  # type: ignore[arg-type]
    schema.app = app
    return schema


schema = schemathesis.pytest.from_fixture("open_bench")


@schema.parametrize()
@seed(6)
@settings(
    max_examples=6, deadline=None, derandomize=True, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_request_makes_the_server_fail(case: schemathesis.Case) -> None:
    answer = case.call()
    assert answer.status_code < 500, answer.text[:300]
