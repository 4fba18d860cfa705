using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Tests;

/// <summary>Which changes of a waiting pod itself have it tried again, by who refused it.</summary>
public sealed class OwnChangeTests
{
    private static readonly Dictionary<string, Action<Pod>> Changes = new()
    {
        ["label"] = pod => pod.Metadata.Labels!["app"] = "web",
        ["annotation"] = pod => pod.Metadata.Annotations = new() { ["note"] = "x" },
        ["less"] = pod => pod.Spec.Containers[0].Resources.Requests!["cpu"] = Quantity.Parse("1"),
        ["more"] = pod => pod.Spec.Containers[0].Resources.Requests!["cpu"] = Quantity.Parse("3"),
        ["toleration"] = pod => pod.Spec.Tolerations = [new Toleration { Key = "other", Operator = "Exists" }],
        ["cordon toleration"] = pod => pod.Spec.Tolerations = [new Toleration { Key = "node.kubernetes.io/unschedulable", Operator = "Exists" }],
        ["claim"] = pod => pod.Status.ResourceClaimStatuses = [new PodResourceClaimStatus { Name = "gpu", ResourceClaimName = "p-gpu-abcde" }],
    };

    [Theory]
    [InlineData("NodeResourcesFit", "less", "UnschedulablePodUpdatePodScaleDown")]
    [InlineData("NodeResourcesFit", "more", null)]
    [InlineData("NodeResourcesFit", "label", null)]
    [InlineData("NodeUnschedulable", "cordon toleration", "UnschedulablePodUpdatePodToleration")]
    [InlineData("NodeUnschedulable", "toleration", null)]
    [InlineData("TaintToleration", "toleration", "UnschedulablePodUpdatePodToleration")]
    [InlineData("TaintToleration", "label", null)]
    [InlineData("PodTopologySpread", "label", "UnschedulablePodUpdatePodLabel")]
    [InlineData("PodTopologySpread", "toleration", "UnschedulablePodUpdatePodToleration")]
    [InlineData("InterPodAffinity", "label", "UnschedulablePodUpdatePodLabel")]
    [InlineData("InterPodAffinity", "toleration", null)]
    [InlineData("DynamicResources", "claim", "UnschedulablePodUpdatePodGeneratedResourceClaim")]
    [InlineData("NodeAffinity", "annotation", null)]
    [InlineData(null, "annotation", "UnschedulablePodUpdate")]
    [InlineData("Extender", "annotation", "UnschedulablePodUpdate")]
    public void AddOrUpdate_RefusedPod_IsTriedAgainWhenTheChangeConcernsWhoRefused(string? plugin, string change, string? happening)
    {
        var metrics = new Client.Metrics.MetricRegistry();
        var queue = new SchedulingQueue([Profile.Default()], TimeProvider.System) { Metrics = new SchedulerMetrics(metrics, TimeProvider.System) };
        var pod = Waiting();
        queue.AddOrUpdate(new PodInfo(pod));
        queue.AddUnschedulable(queue.Pop()!, plugin is null ? new HashSet<string>() : new HashSet<string> { plugin });

        var changed = pod.DeepClone();
        Changes[change](changed);
        queue.AddOrUpdate(new PodInfo(changed));

        Assert.Equal(happening is null ? (1, 0) : (0, 1), (queue.UnschedulableCount, queue.BackoffCount + queue.ActiveCount));
        if (happening is not null) Assert.Contains($"event=\"{happening}\",queue=\"backoff\"", metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void PreEnqueue_SeveralGates_NamesThemAll()
    {
        var pod = Waiting();
        pod.Spec.SchedulingGates = [new PodSchedulingGate { Name = "foo" }, new PodSchedulingGate { Name = "bar" }];
        var status = new Plugins.SchedulingGates().PreEnqueue(new PodInfo(pod));
        Assert.Equal((Code.UnschedulableAndUnresolvable, "waiting for scheduling gates: [foo bar]"), (status.Code, status.Message));
        Assert.True(new Plugins.SchedulingGates().PreEnqueue(new PodInfo(Waiting())).IsSuccess);
    }

    private static Pod Waiting() => Make.Pod("p", cpu: "2", with: pod =>
    {
        pod.Metadata.Labels = new() { ["app"] = "db" };
        pod.Spec.TopologySpreadConstraints = [new() { TopologyKey = "zone", MaxSkew = 1, WhenUnsatisfiable = "DoNotSchedule", NodeTaintsPolicy = "Honor", LabelSelector = new() { MatchLabels = new() { ["app"] = "db" } } }];
        pod.Spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimTemplateName = "gpu" }];
    });
}
