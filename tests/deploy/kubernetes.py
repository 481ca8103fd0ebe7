"""The manifests of deploy/kubernetes: sound YAML, all listed, restricted pods, and a configuration
that the built program accepts. Prints what is wrong; the status is 0 when nothing is."""

import os
import pathlib
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE = ROOT / "deploy" / "kubernetes"
PROGRAM = ROOT / "build" / "release" / "wiredesk"

problems = []


def expect(condition, problem):
    if not condition:
        problems.append(problem)


def load(name):
    return yaml.safe_load((BASE / name).read_text(encoding="utf-8"))


def check_listing(kustomization):
    listed = set(kustomization["resources"])
    for generator in kustomization["configMapGenerator"]:
        listed.update(generator["files"])
    present = {path.name for path in BASE.glob("*.yaml")} - {"kustomization.yaml"}
    expect(listed == present, f"kustomization.yaml lists {sorted(listed)}, there are {sorted(present)}")
    for name in kustomization["resources"]:
        kind = load(name)["kind"].lower()
        expect(kind == name.removesuffix(".yaml"), f"{name} holds a {kind}")


def check_restricted(pod):
    """What the pod security standard `restricted` asks for, and a root file system for reading only."""
    container = pod["containers"][0]
    context = container["securityContext"]
    expect(pod["securityContext"]["runAsNonRoot"] is True, "the pod may run as root")
    expect(pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault", "no seccomp profile")
    expect(context["allowPrivilegeEscalation"] is False, "the container may gain privileges")
    expect(context["readOnlyRootFilesystem"] is True, "the root file system can be written")
    expect(context["capabilities"] == {"drop": ["ALL"]}, "the container keeps capabilities")
    expect(pod["terminationGracePeriodSeconds"] > 20, "killed before its own 20 s to close are over")


def check_ports(pod, configuration):
    container = pod["containers"][0]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        port = container[probe]["httpGet"]["port"]
        expect(port in ports, f"{probe} asks port {port}, which the container does not name")
    listen = configuration["admin"]["listen"]
    expect(listen == f"0.0.0.0:{ports['admin']}", f"admin.listen is {listen}, the ports are {ports}")


def check_configuration():
    result = subprocess.run(
        [PROGRAM, "check", "-c", BASE / "wiredesk.yaml"],
        env={**os.environ, "POD_NAME": "wiredesk-0"}, capture_output=True, text=True, timeout=60,
        check=False)
    expect(result.returncode == 0, f"wiredesk check: {result.returncode}: {result.stderr}{result.stdout}")


def main():
    pod = load("statefulset.yaml")["spec"]["template"]["spec"]
    check_listing(load("kustomization.yaml"))
    check_restricted(pod)
    check_ports(pod, load("wiredesk.yaml"))
    check_configuration()
    for problem in problems:
        print(f"deploy/kubernetes: {problem}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
