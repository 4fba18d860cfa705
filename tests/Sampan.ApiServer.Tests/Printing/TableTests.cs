using System.Text;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Printing;

namespace Sampan.ApiServer.Tests.Printing;

public class TableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 10, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(
        "running",
        """
        spec: {containers: [{name: a}, {name: b}], nodeName: n1}
        status:
          phase: Running
          podIPs: [{ip: 10.0.0.1}]
          containerStatuses:
          - {name: a, ready: true, restartCount: 2, state: {running: {}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-01-01T00:05:00Z"}}}
          - {name: b, ready: false, restartCount: 0, state: {running: {}}}
        """,
        "x 1/2 Running 2 (5m ago) 10m 10.0.0.1 n1 <none> <none>")]
    [InlineData("pending", "{spec: {containers: [{name: a}]}, status: {phase: Pending}}", "x 0/1 Pending 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "gated",
        "{spec: {containers: [{name: a}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated}]}}",
        "x 0/1 SchedulingGated 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "waiting",
        "{spec: {containers: [{name: a}]}, status: {phase: Running, containerStatuses: [{name: a, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}}]}}",
        "x 0/1 CrashLoopBackOff 3 10m <none> <none> <none> <none>")]
    [InlineData(
        "init",
        "{spec: {initContainers: [{name: i}, {name: j}], containers: [{name: a}]}, status: {phase: Pending, initContainerStatuses: [{name: i, state: {terminated: {exitCode: 0}}}, {name: j, state: {running: {}}}]}}",
        "x 0/1 Init:1/2 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "init failed",
        "{spec: {initContainers: [{name: i}], containers: [{name: a}]}, status: {phase: Pending, initContainerStatuses: [{name: i, restartCount: 1, state: {terminated: {exitCode: 3}}}]}}",
        "x 0/1 Init:ExitCode:3 1 10m <none> <none> <none> <none>")]
    [InlineData(
        "sidecar",
        "{spec: {initContainers: [{name: i, restartPolicy: Always}], containers: [{name: a}]}, status: {phase: Running, initContainerStatuses: [{name: i, ready: true, started: true, state: {running: {}}}], containerStatuses: [{name: a, ready: true, state: {running: {}}}]}}",
        "x 2/2 Running 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "completed",
        "{spec: {containers: [{name: a}]}, status: {phase: Succeeded, containerStatuses: [{name: a, state: {terminated: {exitCode: 0, reason: Completed}}}]}}",
        "x 0/1 Completed 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "half completed",
        "{spec: {containers: [{name: a}, {name: b}]}, status: {phase: Running, conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name: a, state: {terminated: {exitCode: 0, reason: Completed}}}, {name: b, ready: true, state: {running: {}}}]}}",
        "x 1/2 NotReady 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "signal",
        "{spec: {containers: [{name: a}]}, status: {phase: Failed, containerStatuses: [{name: a, state: {terminated: {exitCode: 137, signal: 9}}}]}}",
        "x 0/1 Signal:9 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "evicted", "{spec: {containers: [{name: a}]}, status: {phase: Failed, reason: Evicted}}", "x 0/1 Evicted 0 10m <none> <none> <none> <none>")]
    [InlineData(
        "gates",
        "{spec: {containers: [{name: a}], readinessGates: [{conditionType: g}, {conditionType: h}]}, status: {phase: Running, conditions: [{type: g, status: 'True'}]}}",
        "x 0/1 Running 0 10m <none> <none> <none> 1/2")]
    public void Pod_State_IsToldInOneWord(string name, string yaml, string cells)
    {
        Assert.NotEmpty(name);
        Assert.Equal(cells, Row("v1", "Pod", yaml));
    }

    [Theory]
    [InlineData("Terminating", "{metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}, spec: {containers: [{name: a}]}, status: {phase: Running}}")]
    [InlineData("Unknown", "{metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}, spec: {containers: [{name: a}]}, status: {phase: Running, reason: NodeLost}}")]
    public void Pod_InDeletion_SaysSo(string status, string yaml) => Assert.Contains($" {status} ", Row("v1", "Pod", yaml), StringComparison.Ordinal);

    [Theory]
    [InlineData("v1", "Service", "{spec: {type: NodePort, clusterIPs: [10.96.0.5], ports: [{port: 80, protocol: TCP, nodePort: 30080}, {port: 53, protocol: UDP}], selector: {b: '2', a: '1'}}}", "x NodePort 10.96.0.5 <none> 80:30080/TCP,53/UDP 10m a=1,b=2")]
    [InlineData("v1", "Service", "{spec: {type: LoadBalancer, clusterIPs: [10.96.0.5], ports: [{port: 80, protocol: TCP}]}}", "x LoadBalancer 10.96.0.5 <pending> 80/TCP 10m <none>")]
    [InlineData("v1", "Service", "{spec: {type: LoadBalancer, externalIPs: [2.2.2.2]}, status: {loadBalancer: {ingress: [{ip: 1.1.1.1}]}}}", "x LoadBalancer <none> 1.1.1.1,2.2.2.2 <none> 10m <none>")]
    [InlineData("v1", "Service", "{spec: {type: ExternalName, externalName: example.com}}", "x ExternalName <none> example.com <none> 10m <none>")]
    [InlineData("v1", "Node", "{metadata: {labels: {node-role.kubernetes.io/control-plane: ''}}, spec: {unschedulable: true}, status: {conditions: [{type: Ready, status: 'True'}], addresses: [{type: InternalIP, address: 192.168.0.1}], nodeInfo: {kubeletVersion: v1.36.0, osImage: Debian}}}", "x Ready,SchedulingDisabled control-plane 10m v1.36.0 192.168.0.1 <none> Debian <unknown> <unknown>")]
    [InlineData("v1", "Node", "{}", "x Unknown <none> 10m  <none> <none> <unknown> <unknown> <unknown>")]
    [InlineData("apps/v1", "Deployment", "{spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: a, image: nginx}, {name: b, image: busybox}]}}}, status: {readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1}}", "x 1/3 2 1 10m a,b nginx,busybox app=web")]
    [InlineData("apps/v1", "ReplicaSet", "{spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: a, image: nginx}]}}}, status: {replicas: 2, readyReplicas: 1}}", "x 3 2 1 10m a nginx app=web")]
    [InlineData("v1", "Event", "{lastTimestamp: '2026-01-01T00:09:00Z', type: Normal, reason: Pulled, involvedObject: {kind: Pod, name: web, fieldPath: 'spec.containers{a}'}, source: {component: kubelet, host: n1}, message: ' done ', firstTimestamp: '2026-01-01T00:00:00Z', count: 4}", "60s Normal Pulled pod/web spec.containers{a} kubelet, n1 done 10m 4 x")]
    [InlineData("v1", "Event", "{eventTime: '2026-01-01T00:08:00.000000Z', type: Normal, reason: Scheduled, involvedObject: {kind: Pod, name: web}, reportingComponent: scheduler}", "2m Normal Scheduled pod/web  scheduler  2m 1 x")]
    [InlineData("v1", "ConfigMap", "{data: {a: '1'}, binaryData: {b: aGk=}}", "x 2 10m")]
    [InlineData("v1", "Secret", "{type: Opaque, data: {a: aGk=}}", "x Opaque 1 10m")]
    [InlineData("v1", "Namespace", "{status: {phase: Active}}", "x Active 10m")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "{addressType: IPv4, ports: [{port: 80}], endpoints: [{addresses: [a]}, {addresses: [b]}, {addresses: [c]}, {addresses: [d]}]}", "x IPv4 80 a,b,c + 1 more... 10m")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "{addressType: IPv4}", "x IPv4 <unset> <unset> 10m")]
    [InlineData("v1", "PersistentVolumeClaim", "{spec: {volumeName: pv, storageClassName: fast, accessModes: [ReadWriteOnce]}, status: {phase: Bound, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}}", "x Bound pv 1Gi RWO fast <unset> 10m <unset>")]
    [InlineData("batch/v1", "Job", "{spec: {completions: 3, template: {spec: {containers: [{name: a, image: b}]}}}, status: {succeeded: 1, startTime: '2026-01-01T00:08:00Z'}}", "x Running 1/3 2m 10m a b <none>")]
    [InlineData("batch/v1", "CronJob", "{spec: {schedule: '* * * * *', suspend: false, jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: b}]}}}}}}", "x * * * * * <none> False 0 <none> 10m a b <none>")]
    [InlineData("rbac.authorization.k8s.io/v1", "Role", "{}", "x 2026-01-01T00:00:00Z")]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", "{roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: u}, {kind: Group, name: g}, {kind: ServiceAccount, name: s, namespace: ns}]}", "x Role/r 10m u g ns/s")]
    [InlineData("storage.k8s.io/v1", "StorageClass", "{metadata: {annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}, provisioner: p}", "x (default) p Delete Immediate false 10m")]
    [InlineData("networking.k8s.io/v1", "Ingress", "{spec: {ingressClassName: c, rules: [{host: a.b}], tls: [{}]}, status: {loadBalancer: {ingress: [{ip: 1.1.1.1}]}}}", "x c a.b 1.1.1.1 80, 443 10m")]
    [InlineData("policy/v1", "PodDisruptionBudget", "{spec: {maxUnavailable: 25%}, status: {disruptionsAllowed: 1}}", "x N/A 25% 1 10m")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "{spec: {scaleTargetRef: {kind: Deployment, name: d}, minReplicas: 1, maxReplicas: 5, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}, status: {currentReplicas: 2}}", "x Deployment/d cpu: <unknown>/50% 1 5 2 10m")]
    [InlineData("v1", "ResourceQuota", "{status: {hard: {pods: '10', limits.cpu: '4', requests.cpu: '2'}, used: {pods: '1'}}}", "x pods: 1/10, requests.cpu: 0/2 limits.cpu: 0/4 10m")]
    [InlineData("v1", "Endpoints", "{subsets: [{addresses: [{ip: 1.1.1.1}, {ip: '::1'}], ports: [{port: 80}]}]}", "x 1.1.1.1:80,[::1]:80 10m")]
    [InlineData("networking.k8s.io/v1", "Ingress", "{spec: {rules: [{host: a}, {host: b}, {host: c}, {}]}}", "x <none> a,b,c + 1 more...  80 10m")]
    [InlineData("v1", "ComponentStatus", "{conditions: [{type: Healthy, status: Odd, message: m, error: e}]}", "x Unhealthy m e")]
    [InlineData("apiregistration.k8s.io/v1", "APIService", "{spec: {service: {namespace: ns, name: svc}}, status: {conditions: [{type: Available, status: 'False'}]}}", "x ns/svc False 10m")]
    [InlineData("apiregistration.k8s.io/v1", "APIService", "{status: {conditions: [{type: Available, status: 'False', reason: Down}]}}", "x Local False (Down) 10m")]
    [InlineData("storage.k8s.io/v1", "VolumeAttributesClass", "{metadata: {annotations: {volumeattributesclass.alpha.kubernetes.io/is-default-class: 'true'}}, driverName: d}", "x (default) d 10m")]
    [InlineData("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "{spec: {policyName: p, paramRef: {selector: {matchLabels: {a: b}, matchExpressions: [{key: k, operator: In, values: [v, w]}]}}}}", "x p &LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:k,Operator:In,Values:[v w],},},} 10m")]
    [InlineData("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "{spec: {policyName: p, paramRef: {name: par}}}", "x p */par 10m")]
    [InlineData("scheduling.k8s.io/v1", "PriorityClass", "{value: 7, preemptionPolicy: Never}", "x 7 false 10m Never")]
    public void Kind_Object_HasUpstreamsCells(string apiVersion, string kind, string yaml, string cells) => Assert.Equal(cells, Row(apiVersion, kind, yaml));

    public static TheoryData<string> AllKinds => [.. Kinds.All.Where(kind => kind.New() is IObject).Select(kind => kind.GroupVersionKind.ToString())];

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void EveryKind_EmptyObject_HasACellPerColumn(string name)
    {
        KindInfo kind = Kinds.All.First(k => k.GroupVersionKind.ToString() == name);
        TableColumns columns = Tables.For(kind);
        IReadOnlyList<Cell> cells = columns.Cells((IObject)kind.New(), Now);
        Assert.Equal(columns.Definitions.Count, cells.Count);
        Assert.Contains(columns.Definitions, column => column.Name == "Name");
    }

    [Fact]
    public void Write_Pods_MakesATable()
    {
        IObject pod = Decode("v1", "Pod", "{spec: {containers: [{name: a, image: b}]}, status: {phase: Succeeded}}");
        using JsonDocument table = JsonDocument.Parse(Write(new TableWriter(Tables.For(pod.Info()), IncludeObject.Metadata, Now), pod));
        JsonElement root = table.RootElement;
        Assert.Equal("Table", root.GetProperty("kind").GetString());
        Assert.Equal("name", root.GetProperty("columnDefinitions")[0].GetProperty("format").GetString());
        Assert.Equal(1, root.GetProperty("columnDefinitions")[5].GetProperty("priority").GetInt32());
        JsonElement row = root.GetProperty("rows")[0];
        Assert.Equal("Completed", row.GetProperty("conditions")[0].GetProperty("type").GetString());
        Assert.Equal("PartialObjectMetadata", row.GetProperty("object").GetProperty("kind").GetString());
        Assert.Equal("x", row.GetProperty("object").GetProperty("metadata").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(IncludeObject.None, "null")]
    [InlineData(IncludeObject.Object, "{\"kind\":\"ConfigMap\"")]
    internal void Write_IncludeObject_DecidesWhatRowsCarry(IncludeObject include, string start)
    {
        IObject map = Decode("v1", "ConfigMap", "{}");
        using JsonDocument table = JsonDocument.Parse(Write(new TableWriter(Tables.For(map.Info()), include, Now), map));
        Assert.StartsWith(start, table.RootElement.GetProperty("rows")[0].GetProperty("object").GetRawText(), StringComparison.Ordinal);
    }

    private static string Write(TableWriter table, IObject value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            table.Write(writer, [value], new ListMeta());
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Row(string apiVersion, string kind, string yaml)
    {
        IObject value = Decode(apiVersion, kind, yaml);
        return string.Join(' ', Tables.For(value.Info()).Cells(value, Now));
    }

    private static IObject Decode(string apiVersion, string kind, string yaml)
    {
        IObject value = Kinds.Find(GroupVersionKind.FromApiVersion(apiVersion, kind))!.DecodeJson(YamlTree.ToJson(Encoding.UTF8.GetBytes(yaml)));
        value.Metadata.Name = "x";
        value.Metadata.CreationTimestamp = Now.AddMinutes(-10);
        return value;
    }
}
