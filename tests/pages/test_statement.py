"""The accessibility statement is made from facts: the last run of the gate, the settings, what nobody has checked."""

from datetime import UTC, datetime
from importlib.metadata import version

from flask import Flask

from surveyapp.pages.statement import last_checks
from tests.chromium import AXE
from tests.gate.seeded import FAULTS
from tests.visitor import Visitor


def test_statement_says_what_checked_the_pages_and_when(ana: Visitor) -> None:
    checks = last_checks()

    page = ana.get("/accessibility").text

    for engine in checks.engines:
        assert f"{engine.name} {engine.version}" in page
    assert f"{checks.on.day} {checks.on:%B %Y}" in page
    assert f"{checks.faults_seeded} faults were put into pages on purpose. They found {checks.faults_found}." in page


def test_the_record_is_of_what_the_tests_run_now() -> None:
    checks = last_checks()
    versions = {engine.name: engine.version for engine in checks.engines}

    assert versions["axe-core"] == AXE.version
    assert versions["html5lib"] == version("html5lib")
    assert checks.faults_seeded == len(FAULTS)
    assert checks.on <= datetime.now(UTC).date()


def test_statement_names_who_runs_the_site_and_how_to_complain(app: Flask, ana: Visitor) -> None:
    app.config |= {"ORGANISATION": "Leeds Carers & Friends", "ACCESSIBILITY_CONTACT": "help@example.org"}

    page = ana.get("/accessibility").text

    assert "It is run by Leeds Carers & Friends." in page
    assert page.count("help@example.org") == 2  # in easy words, and in the words of the law
    assert "Equality and Human Rights Commission" in page


def test_without_settings_it_sends_people_to_a_helper(ana: Visitor) -> None:
    page = ana.get("/accessibility").text

    assert "tell a helper at the event or the organiser" in page
    assert "Or write or call" not in page


def test_statement_claims_no_audit_and_no_test_with_people(ana: Visitor) -> None:
    page = ana.get("/accessibility").text

    assert "partially compliant" in page
    assert "Nobody outside has audited it." in page
    assert "not been tested by people with a learning disability" in page
