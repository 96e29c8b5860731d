"""The command line: what it says when it cannot do what was asked, and where it finds things."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from convviz import cli
from convviz.cli import server


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_a_free_one(
    taken: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)
    assert cli.main(["run", "--port", str(taken)]) == 1
    words = capsys.readouterr().err.strip()
    start, _, port = words.rpartition(" ")
    assert start == f"Port {taken} is taken. Try: convviz run --port"
    assert int(port) > taken
    server.listen("127.0.0.1", int(port)).close()


def test_under_make_the_advice_is_a_make_command(
    taken: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")
    assert cli.main(["run", "--port", str(taken)]) == 1
    assert f"Port {taken} is taken. Try: make run PORT=" in capsys.readouterr().err


def test_the_next_free_port_skips_taken_ones(taken: int) -> None:
    assert server.next_free("127.0.0.1", taken - 1) != taken


def test_above_the_last_port_there_is_none() -> None:
    assert server.next_free("127.0.0.1", server.LAST_PORT) is None


@pytest.mark.parametrize("port", ["-1", "65536", "http", ""])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["run", f"--port={port}"])
    assert stop.value.code == 2
    assert f"{port!r} is not a port: a number from 1 to 65535" in capsys.readouterr().err


def test_an_address_of_another_machine_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["run", "--host", "192.0.2.1", "--port", "0"]) == 1
    words = capsys.readouterr().err
    assert words.startswith("convviz cannot listen on 192.0.2.1, port 0: ")
    assert words.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("::1", "http://[::1]:8501"),
        ("0.0.0.0", f"http://{socket.gethostname()}:8501"),
    ],
)
def test_the_printed_address_can_be_typed_into_a_browser(host: str, address: str) -> None:
    assert cli._address(host, 8501) == address


def test_the_listening_socket_names_tcp_so_that_nothing_waits_to_be_sent() -> None:
    with server.listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_https_without_its_package_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "can_certify", lambda: False)
    assert cli.main(["run", "--https", "--port", "0"]) == 1
    said = "convviz run --https needs the package trustme: pip install trustme\n"
    assert capsys.readouterr().err == said


@pytest.mark.skipif(not server.can_certify(), reason="trustme is not installed")
def test_https_is_spoken_under_every_name_of_the_machine() -> None:
    names = cli._names("0.0.0.0")
    assert names[:4] == [socket.gethostname(), "localhost", "127.0.0.1", "::1"]
    assert cli._address("0.0.0.0", 8501, https=True).startswith("https://")
    ours, theirs = socket.socketpair()
    context = server.certified(names)

    def answer() -> None:
        with context.wrap_socket(ours, server_side=True) as spoken:
            spoken.sendall(b"here")

    thread = threading.Thread(target=answer)
    thread.start()
    believes = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    believes.check_hostname, believes.verify_mode = False, ssl.CERT_NONE
    with believes.wrap_socket(theirs) as spoken:
        certificate = spoken.getpeercert(binary_form=True)
        assert spoken.recv(9) == b"here"
    thread.join(20)
    assert certificate is not None
    assert all(name.encode() in certificate for name in ("localhost", socket.gethostname()))


def test_in_a_checkout_the_app_is_app_py_beside_the_package() -> None:
    assert server.app_file() == Path(server.__file__).parents[2] / "app.py"
    assert server.app_file().is_file()


def test_installed_the_app_is_inside_the_package_whatever_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "convviz"
    (package / "app").mkdir(parents=True)
    for file in (package / "app" / "app.py", package.parent / "app.py"):
        file.touch()
    monkeypatch.setattr(server, "PACKAGE", package)
    assert server.app_file() == package / "app" / "app.py"


def test_without_a_command_the_help_names_run() -> None:
    root = Path(server.__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-m", "convviz.cli"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2
    assert "usage: convviz" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_mistake_in_a_lesson_is_said_before_anything_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "1-mine.yaml").write_text("minutes: ten")
    assert cli.main(["run", "--lessons", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("1-mine.yaml: minutes is 'ten'")
