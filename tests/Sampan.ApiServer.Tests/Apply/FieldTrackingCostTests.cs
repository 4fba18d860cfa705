using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Tests.Apply;

/// <summary>What tracking adds to a write of a usual pod, in bytes allocated.</summary>
public class FieldTrackingCostTests(ITestOutputHelper output)
{
    private static readonly FieldOwner Kubelet = new("kubelet", "status");

    [Fact]
    public void Updated_NothingChanged_AllocatesLittleMoreThanAnEncoding()
    {
        var pod = NewPod();
        var json = ObjectForms.Encode(pod);
        var next = pod.DeepClone();
        var bytes = Measure(() => FieldTracking.Updated(Pod.Info, next, pod, json, Kubelet, DateTimeOffset.UnixEpoch));
        var encoding = Measure(() => ObjectForms.Encode(pod));
        output.WriteLine($"unchanged: {bytes} bytes; one encoding: {encoding}; the pod: {json.Length}");
        Assert.InRange(bytes, 0, encoding + 8_192);
    }

    [Fact]
    public void Updated_StatusChanged_AllocatesABoundedAmount()
    {
        var pod = NewPod();
        var json = ObjectForms.Encode(pod);
        var next = pod.DeepClone();
        next.Status.Conditions![0].Status = "False";
        var bytes = Measure(() =>
        {
            next.Metadata.ManagedFields = pod.Metadata.ManagedFields;
            FieldTracking.Updated(Pod.Info, next, pod, json, Kubelet, DateTimeOffset.UnixEpoch);
        });
        output.WriteLine($"status changed: {bytes} bytes");
        Assert.InRange(bytes, 0, 65_536);
    }

    [Fact]
    public void Created_Pod_AllocatesABoundedAmount()
    {
        var bytes = Measure(() =>
        {
            var pod = NewPod();
            pod.Metadata.ManagedFields = null;
            FieldTracking.Created(Pod.Info, pod, new FieldOwner("curl", ""), DateTimeOffset.UnixEpoch);
        });
        var plain = Measure(() => NewPod());
        output.WriteLine($"created: {bytes - plain} bytes");
        Assert.InRange(bytes - plain, 0, 65_536);
    }

    private static long Measure(Action action)
    {
        const int Times = 100;
        for (var i = 0; i < 10; i++)
        {
            action();
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            action();
        }
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }

    private static Pod NewPod()
    {
        var pod = YamlCodec.Decode<Pod>(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: default, uid: u, labels: {app: web, tier: front}}
            spec:
              nodeName: n1
              serviceAccountName: default
              restartPolicy: Always
              containers:
              - {name: a, image: x, env: [{name: A, value: "1"}, {name: B, value: "2"}], ports: [{containerPort: 80}], volumeMounts: [{name: v, mountPath: /v}]}
              - {name: b, image: y/z, resources: {requests: {cpu: 100m, memory: 10Mi}}}
              volumes: [{name: v, emptyDir: {}}]
            status:
              phase: Running
              podIP: 10.0.0.1
              podIPs: [{ip: 10.0.0.1}]
              conditions:
              - {type: Ready, status: "True"}
              - {type: Initialized, status: "True"}
              - {type: PodScheduled, status: "True"}
              containerStatuses:
              - {name: a, image: x, imageID: i, ready: true, restartCount: 0, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}
              - {name: b, image: y/z, imageID: i, ready: true, restartCount: 0, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}
            """u8);
        FieldTracking.Created(Pod.Info, pod, new FieldOwner("curl", ""), DateTimeOffset.UnixEpoch);
        return pod;
    }
}
