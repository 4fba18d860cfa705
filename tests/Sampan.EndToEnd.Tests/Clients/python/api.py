"""What the Python client does with an API server: api.py KUBECONFIG NAMESPACE. Ends with 0 when all of it worked."""
import inspect
import json
import sys

from kubernetes import client, config, utils, watch
from kubernetes.client.exceptions import ApiException
from kubernetes.dynamic import DynamicClient
from kubernetes.dynamic.exceptions import ConflictError

config.load_kube_config(sys.argv[1])
NAMESPACE = sys.argv[2]
core, apps, batch = client.CoreV1Api(), client.AppsV1Api(), client.BatchV1Api()


def refused(status, action, *args, **kwargs):
    try:
        action(*args, **kwargs)
    except ApiException as e:
        assert e.status == status, f"{e.status} instead of {status}: {e.body}"
        return e
    raise AssertionError(f"{action.__name__} was not refused")


def config_map(name, value="1", labels=None):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, labels=labels or {"set": "python"}), data={"key": value})


def deployment(name, replicas=0):
    labels = {"app": name}
    return client.V1Deployment(
        metadata=client.V1ObjectMeta(name=name, labels=labels),
        spec=client.V1DeploymentSpec(
            replicas=replicas,
            selector=client.V1LabelSelector(match_labels=labels),
            template=client.V1PodTemplateSpec(
                metadata=client.V1ObjectMeta(labels=labels),
                spec=client.V1PodSpec(containers=[client.V1Container(
                    name="main", image="nginx:1", resources=client.V1ResourceRequirements(requests={"cpu": "100m"}))]))))


def discovery():
    assert client.VersionApi().get_code().minor == "36"
    assert {"apps", "batch", "policy"} <= {group.name for group in client.ApisApi().get_api_versions().groups}
    assert "pods/log" in {resource.name for resource in core.get_api_resources().resources}


def crud():
    created = core.create_namespaced_config_map(NAMESPACE, config_map("crud"))
    assert created.metadata.uid and created.metadata.creation_timestamp.tzinfo
    stale = core.read_namespaced_config_map("crud", NAMESPACE)
    created.data["key"] = "2"
    replaced = core.replace_namespaced_config_map("crud", NAMESPACE, created)
    assert replaced.metadata.resource_version != stale.metadata.resource_version
    refused(409, core.replace_namespaced_config_map, "crud", NAMESPACE, stale)
    assert core.patch_namespaced_config_map("crud", NAMESPACE, {"data": {"more": "3"}}).data == {"key": "2", "more": "3"}
    assert core.patch_namespaced_config_map("crud", NAMESPACE, [{"op": "remove", "path": "/data/more"}]).data == {"key": "2"}
    dry = core.create_namespaced_config_map(NAMESPACE, config_map("dry"), dry_run="All")
    assert dry.metadata.uid
    refused(404, core.read_namespaced_config_map, "dry", NAMESPACE)
    refused(409, core.create_namespaced_config_map, NAMESPACE, config_map("crud"))
    assert "metadata.name" in refused(422, core.create_namespaced_config_map, NAMESPACE, config_map("Bad_Name")).body
    assert core.delete_namespaced_config_map("crud", NAMESPACE).status == "Success"


def lists():
    for i in range(5):
        core.create_namespaced_config_map(NAMESPACE, config_map(f"list-{i}", str(i), {"set": "list", "odd": str(i % 2)}))
    page = core.list_namespaced_config_map(NAMESPACE, label_selector="set=list", limit=2)
    names = [item.metadata.name for item in page.items]
    while page.metadata._continue:
        page = core.list_namespaced_config_map(NAMESPACE, label_selector="set=list", limit=2, _continue=page.metadata._continue)
        names += [item.metadata.name for item in page.items]
    assert names == [f"list-{i}" for i in range(5)], names
    assert len(core.list_namespaced_config_map(NAMESPACE, label_selector="set in (list),odd!=1").items) == 3
    assert len(core.list_config_map_for_all_namespaces(field_selector=f"metadata.name=list-1,metadata.namespace={NAMESPACE}").items) == 1
    core.delete_collection_namespaced_config_map(NAMESPACE, label_selector="set=list")
    assert not core.list_namespaced_config_map(NAMESPACE, label_selector="set=list").items


def watches():
    start = core.list_namespaced_config_map(NAMESPACE).metadata.resource_version
    core.create_namespaced_config_map(NAMESPACE, config_map("watched"))
    core.patch_namespaced_config_map("watched", NAMESPACE, {"data": {"key": "2"}})
    core.delete_namespaced_config_map("watched", NAMESPACE)
    stream, seen = watch.Watch(), []
    for event in stream.stream(core.list_namespaced_config_map, NAMESPACE, resource_version=start, label_selector="set=python", timeout_seconds=60):
        seen.append((event["type"], event["object"].data["key"]))
        if len(seen) == 3:
            stream.stop()
    assert seen == [("ADDED", "1"), ("MODIFIED", "2"), ("DELETED", "2")], seen
    ended = list(watch.Watch().stream(core.list_namespaced_config_map, NAMESPACE, label_selector="set=none", timeout_seconds=1))
    assert ended == [], ended


def workloads():
    apps.create_namespaced_deployment(NAMESPACE, deployment("web"))
    assert apps.patch_namespaced_deployment_scale("web", NAMESPACE, {"spec": {"replicas": 2}}).spec.replicas == 2
    assert apps.read_namespaced_deployment_scale("web", NAMESPACE).spec.replicas == 2
    assert apps.read_namespaced_deployment_status("web", NAMESPACE).metadata.name == "web"
    changed = apps.patch_namespaced_deployment("web", NAMESPACE, {"spec": {"template": {"spec": {"containers": [{"name": "main", "image": "nginx:2"}]}}}})
    assert changed.spec.template.spec.containers[0].resources.requests == {"cpu": "100m"}
    job = client.V1Job(metadata=client.V1ObjectMeta(generate_name="job-"), spec=client.V1JobSpec(suspend=True, template=client.V1PodTemplateSpec(
        spec=client.V1PodSpec(restart_policy="Never", containers=[client.V1Container(name="main", image="busybox:1")]))))
    job = batch.create_namespaced_job(NAMESPACE, job)
    batch.delete_namespaced_job(job.metadata.name, NAMESPACE, propagation_policy="Foreground")
    apps.delete_namespaced_deployment("web", NAMESPACE, body=client.V1DeleteOptions(propagation_policy="Background", grace_period_seconds=0))
    utils.create_from_dict(client.ApiClient(), {
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "front"}, "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}}, namespace=NAMESPACE)
    assert core.read_namespaced_service("front", NAMESPACE).spec.cluster_ip.startswith("10.96.")
    secret = core.create_namespaced_secret(NAMESPACE, client.V1Secret(metadata=client.V1ObjectMeta(name="secret"), string_data={"a": "b"}))
    assert secret.data == {"a": "Yg=="}


def authority():
    review = client.V1SelfSubjectAccessReview(spec=client.V1SelfSubjectAccessReviewSpec(
        resource_attributes=client.V1ResourceAttributes(verb="delete", resource="nodes")))
    assert client.AuthorizationV1Api().create_self_subject_access_review(review).status.allowed
    token = core.create_namespaced_service_account_token("default", NAMESPACE, client.AuthenticationV1TokenRequest(
        spec=client.V1TokenRequestSpec(audiences=[], expiration_seconds=600))).status.token
    status = client.AuthenticationV1Api().create_token_review(client.V1TokenReview(spec=client.V1TokenReviewSpec(token=token))).status
    assert status.authenticated and status.user.username == f"system:serviceaccount:{NAMESPACE}:default", status


def apply(resource, body, manager):
    return resource.patch(
        name=body["metadata"]["name"], namespace=NAMESPACE, body=json.dumps(body), content_type="application/apply-patch+yaml", field_manager=manager)


def dynamic():
    dyn = DynamicClient(client.ApiClient())
    maps = dyn.resources.get(api_version="v1", kind="ConfigMap")
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": {"key": "1"}}
    first = apply(maps, body, "python")
    assert [entry.manager for entry in first.metadata.managedFields] == ["python"]
    try:
        apply(maps, {**body, "data": {"key": "2"}}, "other")
        raise AssertionError("no conflict")
    except ConflictError as e:
        assert '.data.key' in str(e.body), e.body
    for event in maps.watch(namespace=NAMESPACE, field_selector="metadata.name=applied", timeout=60):
        assert (event["type"], event["object"].data.key) == ("ADDED", "1")
        break
    assert dyn.resources.get(api_version="apps/v1", kind="Deployment").subresources["scale"]


def every_list():
    """Every list of the stable groups answers what the client's own model reads."""
    # A slice without endpoints and an event without a time have null there, upstream's too, and this library refuses that.
    unreadable = ("DiscoveryV1Api", "EventsV1Api")
    count = 0
    for name in [name for name in dir(client) if name.endswith("V1Api") and name not in unreadable]:
        api = getattr(client, name)()
        for method in [m for m in dir(api) if m.startswith("list_") and not m.endswith("_with_http_info")]:
            takes = inspect.signature(getattr(api, method)).parameters
            listed = getattr(api, method)(NAMESPACE) if "namespace" in takes else getattr(api, method)()
            assert listed.items is not None, method
            count += 1
    assert count > 60, count


for step in (discovery, crud, lists, watches, workloads, authority, dynamic, every_list):
    step()
    print(step.__name__, flush=True)
