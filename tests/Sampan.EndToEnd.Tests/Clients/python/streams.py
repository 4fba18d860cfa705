"""What the Python client does with a running pod: streams.py KUBECONFIG NAMESPACE POD SERVICE. Ends with 0 when all of it worked.

The pod has a shell, answers HTTP on port 80 and is behind the Service.
"""
import sys

from kubernetes import client, config, watch
from kubernetes.stream import portforward, stream

config.load_kube_config(sys.argv[1])
NAMESPACE, POD, SERVICE = sys.argv[2:]
core = client.CoreV1Api()


def run(*command, **options):
    defaults = {"stderr": True, "stdin": False, "stdout": True, "tty": False}
    return stream(core.connect_get_namespaced_pod_exec, POD, NAMESPACE, command=list(command), **{**defaults, **options})


def executes():
    assert run("sh", "-c", "echo out; echo err >&2").replace("err\n", "") == "out\n"
    shell = run("sh", stdin=True, _preload_content=False)
    shell.write_stdin("echo sum $((20+22))\n")
    assert shell.readline_stdout(timeout=60) == "sum 42"
    shell.write_stdin("echo bad >&2; exit 7\n")
    assert shell.readline_stderr(timeout=60) == "bad"
    shell.run_forever(timeout=60)
    assert shell.returncode == 7, shell.returncode
    # Not without input: containerd 1.6 ends a terminal over WebSocket v4 as soon as there is none to read.
    assert "/dev/pts/" in run("tty", tty=True, stdin=True)


def forwards():
    forward = portforward(core.connect_get_namespaced_pod_portforward, POD, NAMESPACE, ports="80")
    socket = forward.socket(80)
    socket.setblocking(True)
    socket.sendall(b"GET / HTTP/1.0\r\nHost: pod\r\n\r\n")
    answer = b""
    while chunk := socket.recv(4096):
        answer += chunk
    socket.close()
    assert answer.startswith(b"HTTP/1.") and b" 200 " in answer, answer
    assert forward.error(80) is None


def logs():
    lines = core.read_namespaced_pod_log(POD, NAMESPACE).splitlines()
    assert lines[:2] == ["line 1", "line 2"], lines
    assert core.read_namespaced_pod_log(POD, NAMESPACE, limit_bytes=6) == "line 1"
    followed = []
    follow = watch.Watch()
    for line in follow.stream(core.read_namespaced_pod_log, POD, NAMESPACE, follow=True):
        followed.append(line)
        if len(followed) == 3:
            follow.stop()
    assert followed == ["line 1", "line 2", "line 3"], followed


def proxies():
    assert "ok" in core.connect_get_namespaced_pod_proxy(f"{POD}:80", NAMESPACE)
    assert "ok" in core.connect_get_namespaced_service_proxy_with_path(SERVICE, NAMESPACE, "index.html")


def evicts():
    core.create_namespaced_pod_eviction(POD, NAMESPACE, client.V1Eviction(
        metadata=client.V1ObjectMeta(name=POD, namespace=NAMESPACE), delete_options=client.V1DeleteOptions(grace_period_seconds=30)))
    assert core.read_namespaced_pod(POD, NAMESPACE).metadata.deletion_timestamp


for step in (executes, forwards, logs, proxies, evicts):
    step()
    print(step.__name__, flush=True)
