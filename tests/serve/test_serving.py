"""`poa serve`: known pages to this machine's own browsers, renewed when a file changes; nothing is written."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
import small_plan
from reading_sites import PageReader, broken_links
from serving import A_WHILE, serving

from poa_toolkit.api.site import site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Poa
    from serving import Served

TEXT = "Observers should report to the treaty bodies."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small plan that the tests of this file share, and leave as it was."""
    project = tmp_path_factory.mktemp("served") / "project"
    small_plan.write(project)
    return project


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    with serving(project) as found:
        yield found


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        each.relative_to(folder).as_posix(): (
            each.stat().st_mtime_ns,
            each.read_bytes() if each.is_file() else b"",
        )
        for each in (folder, *folder.rglob("*"))
    }


def test_every_page_of_the_site_is_served_and_nothing_is_written(served: Served, project: Path) -> None:
    before = _state(project)
    made = site(project)
    pages = {path: served.ask(f"/{path}") for path in made.paths()}
    table = served.ask("/table/").text

    assert {each.status for each in pages.values()} == {200}
    # what the server adds is the script that renews a page, its style, and the way to the table
    for path, answer in pages.items():
        if path.endswith(".html"):
            served_words, own_words = PageReader(answer.content).text, PageReader(made.page(path)).text
            assert served_words.replace("The table ", "", 1) == own_words, path
            assert PageReader(answer.content).inline == [], path
        else:
            assert answer.content == made.page(path), path
    assert served.ask("/").content == pages["index.html"].content
    assert "Under consideration" in table
    assert _state(project) == before


def test_every_link_between_what_is_served_leads_somewhere(served: Served) -> None:
    left, found = ["index.html", "table/index.html"], {}
    while left:
        path = left.pop()
        answer = served.ask(f"/{path}")
        assert answer.status == 200, path
        found[path] = answer.content
        for _, link in PageReader(answer.content).links if path.endswith(".html") else ():
            target = re.sub(r"[#?].*", "", link)
            parts = path.split("/")[:-1]
            while target.startswith("../"):
                target, parts = target[3:], parts[:-1]
            whole = "/".join([*parts, target])
            if target and ":" not in link and whole not in (*found, *left, "table/go"):
                left.append(whole)
    found["table/go"] = b""
    assert list(broken_links(found)) == []
    texts = {
        f"table/text/{each}.html"
        for each in ("F-01", "P-01", "first", "C-01", "A-001", "A-001.points.a", "A-002")
    }
    assert {"actions/A-001.html", *texts} <= found.keys()


# --- Who is answered, and with what --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/nope", "/plan/plan.yaml", "/../plan/plan.yaml", "/%2e%2e/plan/plan.yaml", "//etc/passwd", "/assets/",
     "/assets/..%2findex.html", "/live/", "/table/text/nobody.html", "/index.html/", "/INDEX.HTML", "/\\index.html",
     "/table/text/../../plan.yaml", "/index.html%00", "/live/live.py", "/serve/pages.py", "/table/text/",
     "/table/table.html", "/actions/A-001.html.", "/" + "a" * 8000],
)  # fmt: skip
def test_a_path_that_is_no_page_is_not_found(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert (answer.status, answer.text) == (404, "There is no such page.\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/live/events", "/table/go?to=1", "/nope"])
def test_nothing_is_changed_from_a_browser(served: Served, path: str, method: str) -> None:
    answer = served.ask(path, method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1", "localhost", "127.0.0.1:1", "[::1]:{port}", "127.0.0.1:{port}.example.org",
             "evil@127.0.0.1:{port}", "0.0.0.0:{port}", ""],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/live/events", "/assets/index.js"])
def test_a_name_of_others_that_leads_here_is_refused(served: Served, path: str, host: str) -> None:
    assert served.ask(path, Host=host.format(port=served.port)).status == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Origin": "http://localhost:{port}"}, 200),
        ({"Origin": "http://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
        ({"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"}, 403),
    ],
)
def test_pages_of_others_read_nothing(served: Served, headers: dict[str, str], status: int) -> None:
    given = {name: value.format(port=served.port) for name, value in headers.items()}
    assert served.ask("/assets/index.js", **given).status == status
    assert served.ask("/live/events", "HEAD", **given).status == status


def test_every_answer_says_what_a_browser_may_do_with_it(served: Served) -> None:
    for path in (
        "/",
        "/table/",
        "/assets/site.css",
        "/live/renew.js",
        "/live/events",
        "/nope",
        "/table/go?to=x",
    ):
        headers = served.ask(path, "HEAD").headers
        policy = dict(each.strip().split(" ", 1) for each in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'", path
        assert policy["script-src"] == policy["style-src"] == "'self'", path
        expected = ("nosniff", "no-referrer", "no-store", "same-origin")
        names = ("x-content-type-options", "referrer-policy", "cache-control", "cross-origin-resource-policy")
        assert tuple(headers[name] for name in names) == expected, path
        assert "server" not in headers, path


def test_head_gives_the_head_alone_and_a_query_changes_nothing(served: Served) -> None:
    whole = served.ask("/actions/A-001.html")
    head = served.ask("/actions/A-001.html", "HEAD")
    assert (head.status, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert served.ask("/actions/A-001.html?a=../b&c#d").content == whole.content


@pytest.mark.parametrize(
    "raw",
    [b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000, b"GET /" + b"a" * 40_000, b"\x00\xff\r\n\r\n",
     b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_request_is_refused(served: Served, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) as one:
        one.sendall(raw)
        assert one.recv(100).startswith(b"HTTP/1.1 400 ")
    assert served.ask("/").status == 200


def test_many_that_say_nothing_keep_nobody_from_an_answer(served: Served) -> None:
    idle = [socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) for _ in range(40)]
    try:
        for each in idle:
            each.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert served.ask("/").status == 200
    finally:
        for each in idle:
            each.close()


@pytest.mark.slow
def test_a_head_that_does_not_come_is_not_waited_for(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: ")
        for _ in range(30):  # a character now and then is no head
            time.sleep(0.5)
            try:
                one.sendall(b"a")
            except OSError:
                return
    pytest.fail("it still waits")


def test_only_so_many_pages_wait_for_changes(served: Served) -> None:
    streams = [socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) for _ in range(48)]
    try:
        for each in streams:
            each.sendall(f"GET /live/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
            assert b"200 OK" in each.recv(1000)
        answer = served.ask("/live/events")
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        assert served.ask("/").status == 200
    finally:
        for each in streams:
            each.close()
    # those that have gone leave their place
    end = time.monotonic() + A_WHILE
    with socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) as one:
        while True:
            one.sendall(f"HEAD / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
            one.recv(2000)
            if _first_event(served):
                break
            assert time.monotonic() < end


def _first_event(served: Served) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) as one:
        one.sendall(f"GET /live/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
        received = b""
        while b"data: " not in received and (more := one.recv(1000)):
            received += more
        return b"" if b" 503 " in received else received


# --- What changes --------------------------------------------------------------------------------------


def test_pages_follow_the_files_of_the_plan(tmp_path: Path, poa: Poa) -> None:
    project = tmp_path / "project"
    small_plan.write(project)
    section = project / "plan/sections/01-first.yaml"
    text = section.read_text("utf-8")
    shows = "/table/text/A-001.html"
    with serving(project) as served:
        assert TEXT in served.ask(shows).text
        section.write_text(text.replace(TEXT, "Observers should write."), "utf-8")
        served.until(shows, lambda page: "Observers should write." in page)

        # as editors save: beside it, then in its place
        beside = section.with_name(".01-first.yaml.tmp")
        beside.write_text(text.replace(TEXT, "Observers should read."), "utf-8")
        beside.replace(section)
        served.until("/actions/A-001.html", lambda page: "Observers should read." in page)

        # a folder that was not there, made by another command
        assert poa("-C", project, "amend", "propose", "A-001", "--text", "All should read.", "--by", "Delegation 1",
                   "--date", "2017-12-04").status == 0  # fmt: skip
        served.until(shows, lambda page: "floor-1, Delegation 1" in page)
        assert poa("-C", project, "baseline", "create", "then", "--provisional").status == 0
        served.until("/changes.html", lambda page: "then, 4 December 2017" in page)

        # as git does when it goes to another commit and back
        shutil.move(project / "plan", tmp_path / "away")
        served.until("/", lambda page: "there is no plan/plan.yaml" in page)
        shutil.move(tmp_path / "away", project / "plan")
        served.until("/", lambda page: "there is no plan/plan.yaml" not in page)
        section.write_text(text.replace(TEXT, "Observers should see."), "utf-8")
        served.until(shows, lambda page: "Observers should see." in page)


@pytest.mark.parametrize("name", [".", "plan", "plan/sections"])
def test_pages_follow_another_folder_by_the_same_name(tmp_path: Path, name: str) -> None:
    project = small_plan.write(tmp_path / "project")
    section = project / "plan/sections/01-first.yaml"
    text = section.read_text("utf-8")
    shows = "/table/text/A-001.html"
    with serving(project) as served:
        for words in ("Observers should write.", "Observers should read."):
            # another folder is there before anybody sees that the first has gone
            beside, away = tmp_path / "beside", tmp_path / words
            shutil.copytree(project / name, beside)
            (project / name).rename(away)
            beside.rename(project / name)
            time.sleep(0.1)  # what came at once is looked at; what comes now would be missed
            section.write_text(text.replace(TEXT, words), "utf-8")
            served.until(shows, lambda page, words=words: words in page)  # type: ignore[misc]


def test_a_broken_plan_shows_the_last_good_pages_and_what_is_wrong(tmp_path: Path) -> None:
    project = tmp_path / "project"
    small_plan.write(project)
    section = project / "plan/sections/01-first.yaml"
    text = section.read_text("utf-8")
    with serving(project) as served:
        section.write_text(text.replace("status: draft", "status: <b>new</b>", 1), "utf-8")
        for path in ("/actions/A-001.html", "/table/text/A-001.html", "/"):
            page = served.until(path, lambda page: 'class="alarm"' in page)
            assert "What is below is the plan as it could be read last" in page, path
            where = re.search(
                r"plan/sections/01-first\.yaml:[0-9]+:[0-9]+</bdi></code> <strong>error POA", page
            )
            assert where, path
            assert "<b>new" not in page, path
            assert "&lt;b&gt;new" in page, path
        assert TEXT in served.ask("/actions/A-001.html").text
        many = "".join(f"unknown-{number}: 1\n" for number in range(150))
        section.write_text(f"{text}{many}", "utf-8")
        page = served.until("/", lambda page: "`poa validate` shows all" in page)
        assert page.count("<strong>error POA") == 100
        section.write_text(text, "utf-8")
        for path in ("/actions/A-001.html", "/table/text/A-001.html", "/"):
            served.until(path, lambda page: 'class="alarm"' not in page)


def test_a_plan_that_is_broken_from_the_start_shows_what_is_wrong_alone(tmp_path: Path) -> None:
    project = tmp_path / "project"
    small_plan.write(project)
    section = project / "plan/sections/01-first.yaml"
    text = section.read_text("utf-8")
    section.write_text(text.replace("status: draft", "status: new", 1), "utf-8")
    with serving(project) as served:
        for path in ("/", "/table/"):
            page = served.ask(path).text
            assert "There is no page yet" in page
            assert "plan/sections/01-first.yaml:" in page
        assert served.ask("/actions/A-001.html").status == 404
        section.write_text(text, "utf-8")
        served.until("/", lambda page: "There is no page yet" not in page)
        assert served.ask("/actions/A-001.html").status == 200


def test_those_who_wait_are_told_of_each_change_and_let_go_at_the_end(tmp_path: Path) -> None:
    project = tmp_path / "project"
    small_plan.write(project)
    told: list[bytes] = []

    def wait(served: Served) -> None:
        with socket.create_connection(("127.0.0.1", served.port), timeout=A_WHILE) as one:
            one.sendall(f"GET /live/events HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
            while more := one.recv(1000):
                told.append(more)

    with serving(project) as served:
        waiting = threading.Thread(target=wait, args=(served,))
        waiting.start()
        end = time.monotonic() + A_WHILE
        for number in (1, 2):
            while len(re.findall(rb"data: [0-9a-f]{8}-[0-9]+\n\n", b"".join(told))) < number:
                assert time.monotonic() < end, told
                time.sleep(0.02)
            (project / "poa.yaml").write_text(f"# {number}\n", "utf-8")
    waiting.join(A_WHILE)
    assert not waiting.is_alive()
    every = re.findall(rb"data: ([0-9a-f-]+)\n\n", b"".join(told))
    assert len(every) == len(set(every)) >= 2


# --- The command ---------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path / "project")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        finished = poa("-C", tmp_path / "project", "serve", "--no-open", "--port", str(port))
    assert finished.status == 2
    assert finished.stderr == (
        f"poa: port {port} cannot be had: Address already in use; leave --port out for a free one\n"
    )


def test_without_a_plan_there_is_nothing_to_serve(tmp_path: Path, poa: Poa) -> None:
    finished = poa("serve", "--no-open", cwd=tmp_path)
    assert (finished.status, finished.stdout) == (2, "")
    assert finished.stderr.startswith("poa: ")


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "watchfiles"])
def test_a_missing_extra_is_named(project: Path, name: str) -> None:
    hidden = (
        f"import sys; sys.modules[{name!r}] = None; from poa_toolkit.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", hidden, "-C", str(project), "serve", "--no-open"]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=A_WHILE, check=False)
    assert (finished.returncode, finished.stdout) == (2, "")
    assert finished.stderr == "poa: the server is not installed; run `pip install 'poa-toolkit[serve]'`\n"
