"""What `deploy/` describes is valid, and agrees with the app and with itself."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from convviz.text.limits import UPLOAD_MB_SERVED
from scripts.serving import ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
KUBERNETES = "1.34"


@cache
def manifests() -> list[dict[str, Any]]:
    """Every description for Kubernetes."""
    return [each for path in MANIFESTS for each in yaml.safe_load_all(path.read_text())]


def by_name(kind: str, name: str = "convviz") -> dict[str, Any]:
    """One of them."""
    return next(
        each for each in manifests() if (each["kind"], each["metadata"]["name"]) == (kind, name)
    )


def test_each_manifest_is_valid_for_kubernetes() -> None:
    for each in manifests():
        kubernetes_validate.validate(each, KUBERNETES, strict=True)
    kinds = {each["kind"] for each in manifests()}
    assert kinds >= {"Deployment", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget"}


def test_a_mistake_in_a_manifest_is_found() -> None:
    wrong = by_name("Deployment") | {"spec": {"replica": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


@pytest.mark.parametrize("name", ["convviz", "convviz-rooms"])
def test_a_pod_is_without_root_on_a_read_only_disk_and_bounded(name: str) -> None:
    pod = by_name("Deployment", name)["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert pod["spec"]["securityContext"]["runAsNonRoot"]
    assert {*container["resources"]} == {"requests", "limits"}
    service = by_name("Service", name)
    assert service["spec"]["selector"] == pod["metadata"]["labels"]
    assert service["spec"]["ports"][0]["targetPort"] in [
        each["name"] for each in container["ports"]
    ]


def test_a_person_stays_with_one_pod_and_a_room_with_the_only_one_for_rooms() -> None:
    notes = by_name("Ingress")["metadata"]["annotations"]
    assert notes["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert by_name("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"] == "convviz"
    assert by_name("Deployment", "convviz-rooms")["spec"]["replicas"] == 1
    (rule,) = by_name("Ingress", "convviz-rooms")["spec"]["rules"]
    assert rule["http"]["paths"][0]["path"] == "/room"


def test_compose_is_valid_and_runs_several_processes_behind_nginx() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    # As docker compose reads it: values from the environment, then what several services share.
    compose = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text))
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(compose, json.loads(schema.read_text("utf-8")))
    services = compose["services"]
    assert services["app"]["deploy"]["replicas"] == 2
    assert all(service["read_only"] for service in services.values())
    nginx = (DEPLOY / "nginx" / "nginx.conf").read_text()
    connections = re.search(r"worker_connections (\d+);", nginx)
    files_open = re.search(r"worker_rlimit_nofile (\d+);", nginx)
    assert connections
    assert files_open
    assert 2 * int(connections[1]) < int(files_open[1])
    assert all(each["ulimits"]["nofile"] > int(files_open[1]) for each in services.values())
    assert {*services["nginx"]["depends_on"]} == {"app", "rooms"}


def test_every_way_accepts_uploads_of_the_same_size() -> None:
    """nginx takes the file and what a browser sends around it; the app says which files are too large."""
    nginx = (DEPLOY / "nginx" / "nginx.conf").read_text()
    most = re.search(r"client_max_body_size (\d+)m;", nginx)
    assert most
    ingress = by_name("Ingress")["metadata"]["annotations"]
    assert ingress["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{most[1]}m"
    assert UPLOAD_MB_SERVED + 1 <= int(most[1]) <= UPLOAD_MB_SERVED + 5
    for path in (*MANIFESTS, DEPLOY / "compose.yaml"):
        for said in re.findall(r'CONVVIZ_UPLOAD_MB(?:, value)?: "(\d+)"', path.read_text()):
            assert int(said) == UPLOAD_MB_SERVED


def test_no_photo_goes_to_the_disk_and_nobody_waits_long_for_a_process_that_is_gone() -> None:
    nginx = (DEPLOY / "nginx" / "nginx.conf").read_text()
    upload = nginx.partition("location /_stcore/upload_file/ {")[2].partition("}")[0]
    assert "proxy_request_buffering off;" in upload
    assert "proxy_max_temp_file_size 0;" in nginx
    seconds = re.search(r"proxy_connect_timeout (\d+)ms;", nginx)
    assert seconds
    assert 1000 < int(seconds[1]) <= 1500  # longer than a lost packet takes to be sent again
    notes = by_name("Ingress")["metadata"]["annotations"]
    prefix = "nginx.ingress.kubernetes.io/proxy-"
    assert [notes[f"{prefix}request-buffering"], notes[f"{prefix}max-temp-file-size"]] == [
        "off",
        "0",
    ]
    assert int(notes[f"{prefix}connect-timeout"]) <= 2


def test_the_image_copies_what_exists_and_runs_without_root() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, flags=re.M)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
    app = text.rpartition("FROM ")[2]
    assert "USER 10001" in app
    assert "HEALTHCHECK" in app
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for name in " ".join(copied).split():
        assert f"!{name.partition('/')[0]}" in ignored


def test_every_package_of_the_image_is_locked_by_hash() -> None:
    lock = (DEPLOY / "requirements.lock").read_text()
    packages = re.split(r"\n(?=[a-z])", lock)
    assert all("--hash=sha256:" in each for each in packages)
    locked = {re.match(r"[\w.-]+", each)[0].lower() for each in packages}  # type: ignore[index]
    wanted = re.findall(r"^([\w.-]+?)[<>=]", (ROOT / "requirements.txt").read_text(), flags=re.M)
    assert {each.lower() for each in wanted} <= locked


def test_the_table_of_sizes_follows_from_the_numbers_below_it() -> None:
    text = (DEPLOY / "README.md").read_text("utf-8")
    said = re.search(
        r"change every five seconds a person, (\d+) ms of a core and (\d+) kB for each, "
        r"(\d+) MB of memory for a visit,\s(\d+) MB for a process, and cores that are busy (\d+)%",
        text,
    )
    assert said
    cpu, sent, visit, process, busy = map(int, said.groups())
    rows = re.findall(r"^\| ([\d,]+) \| (\d+) \| ([\d.]+) GB \| (\d+) Mbit/s \|$", text, flags=re.M)
    assert [row[0] for row in rows] == ["30", "300", "1,000", "10,000"]
    for row in rows:
        people, processes = (int(each.replace(",", "")) for each in row[:2])
        assert processes == -(-people * cpu // (5 * 10 * busy))
        assert float(row[2]) == pytest.approx(
            (processes * process + people * visit) / 1000, abs=0.05
        )
        assert int(row[3]) == round(people * sent * 8 / 5 / 1000)
