"""The questions of docs/analysts/queries.md run, and answer what the page says: in DuckDB, and in Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from sql_pages import blocks, shown, statements, write_exports

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    write_exports(folder)
    return folder


def test_duckdb_answers_what_the_page_says(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exports)
    with duckdb.connect() as database:
        for each in (*statements("setup", "duckdb"), *statements("setup-index", "duckdb")):
            database.execute(each)
        answers = {}
        for name, query in blocks("query").items():
            found = database.execute(query)
            answers[name] = shown([each[0] for each in found.description or ()], found.fetchall())
    assert answers == blocks("result")


@pytest.mark.slow
def test_spark_answers_the_same(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyspark = pytest.importorskip(
        "pyspark.sql", reason="pyspark is no part of the lock", exc_type=ImportError
    )
    monkeypatch.chdir(exports)
    spark = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        for each in (*statements("setup", "spark"), *statements("setup-index", "spark")):
            spark.sql(each)
        answers = {}
        for name, query in blocks("query").items():
            found = spark.sql(query)
            answers[name] = shown(found.columns, found.collect())
    finally:
        spark.stop()
    assert answers == blocks("result")
