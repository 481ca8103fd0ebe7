import shutil

import pytest

from broker import ROOT, Broker, fetch_jars
from cluster import Cluster
from daemon import PROGRAM
from workspace import Workspace

WORK = ROOT / "build" / "kafka" / "tests"


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="also the long tests: kills, take-overs, restarts")


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes more than a few seconds, runs with --all")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--all"):
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
    items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session")
def broker():
    if not PROGRAM.exists():
        pytest.exit(f"{PROGRAM} is not there: build it (cmake --build --preset release), or name it in $WIREDESK", 2)
    fetch_jars()
    shutil.rmtree(WORK, ignore_errors=True)
    with Broker(WORK / "broker") as running:
        yield running
    shutil.rmtree(WORK / "broker" / "data", ignore_errors=True)


@pytest.fixture
def workspace(broker, request):
    cluster = Cluster(broker.bootstrap)
    name = request.node.name.replace("[", "-").replace("]", "").removeprefix("test_")
    space = Workspace(cluster, name, WORK / name)
    request.node.workspace = space
    yield space
    space.close()
    cluster.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows what its daemons said last."""
    report = (yield).get_result()
    if report.failed and hasattr(item, "workspace"):
        for daemon in item.workspace.daemons:
            report.sections.append((f"{daemon.log}", daemon.tail()))
