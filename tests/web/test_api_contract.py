"""The API holds its contract whatever a program asks: a few requests to each address, made up but always the same."""

from __future__ import annotations

from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

#: A page beyond the results is an error no schema can foretell, and parameters that mean nothing are ignored.
NOT_ASKED: list[Any] = [positive_data_acceptance, negative_data_rejection]
#: Called without a server, schemathesis asks for gzip and does not unpack it.
PLAIN = {"Accept-Encoding": "identity"}
FEW = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_request_is_answered_as_described(site: Flask) -> None:
    asked: set[str] = set()

    def answered(case: Case[Any]) -> None:
        asked.add(case.path)
        case.call_and_validate(excluded_checks=NOT_ASKED, headers=PLAIN)

    described = schemathesis.openapi.from_wsgi("/api/openapi.json", site)
    for operation in (found.ok() for found in described.get_all_operations() if isinstance(found, Ok)):
        misused = len(operation.query) and operation.path.endswith(".json")  # other formats read parameters alike
        for mode in GenerationMode if misused else (GenerationMode.POSITIVE,):
            FEW(given(operation.as_strategy(generation_mode=mode))(answered))()
    assert asked | {"/api/openapi.json"} == set(described.raw_schema["paths"])  # the description itself is not asked
