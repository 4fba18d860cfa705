using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.Tests.Chaos;

/// <summary>Scheduler and kubelets: pods get a node, run at the next step, and those of Jobs end at the one after that.</summary>
internal sealed class FakeNodes(FakeApi api, TimeProvider time)
{
    private const string Failures = "batch.kubernetes.io/job-index-failure-count";

    public void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            api.Put(new Node
            {
                Metadata = new ObjectMeta { Name = $"node-{i}", Labels = new() { ["topology.kubernetes.io/zone"] = $"zone-{i % 2}" } },
                Status = new NodeStatus { Conditions = [new() { Type = "Ready", Status = "True" }] },
            });
        }
    }

    public void Step()
    {
        var number = 0;
        foreach (var pod in api.List<Pod>())
        {
            number++;
            if (pod.Metadata.DeletionTimestamp is not null || pod.Status.Phase is "Succeeded" or "Failed") continue;
            var copy = pod.DeepClone();
            if (string.IsNullOrEmpty(pod.Spec.NodeName))
            {
                copy.Spec.NodeName = Common.NodeFit.NodeOf(pod) ?? $"node-{number % 3}";
                copy.Status.Phase = "Pending";
            }
            else if (pod.Status.Phase != "Running") Run(copy, number);
            else if (pod.Metadata.Labels?.ContainsKey("job") == true) copy.Status.Phase = EndOf(pod);
            else continue;
            api.TryPut(copy);
        }
    }

    /// <summary>Where failures are counted by index every third index fails once, and every fifth always.</summary>
    private static string EndOf(Pod pod)
    {
        if (pod.Metadata.Labels!["job"] == "broken") return "Failed";
        if (JobIndexes.Of(pod) is not { } index || pod.Metadata.Annotations?.GetValueOrDefault(Failures) is not { } failures) return "Succeeded";
        return index % 5 == 4 || (index % 3 == 2 && failures == "0") ? "Failed" : "Succeeded";
    }

    private void Run(Pod pod, int number)
    {
        pod.Status.Phase = "Running";
        pod.Status.PodIP = $"10.244.0.{number % 250}";
        pod.Status.PodIPs = [new PodIP { Ip = pod.Status.PodIP }];
        pod.Status.StartTime = time.GetUtcNow();
        pod.Status.Conditions = [new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = time.GetUtcNow() }];
    }
}
