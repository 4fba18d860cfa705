using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>The pod conditions that the API server itself sets.</summary>
internal static class PodConditions
{
    private const string Scheduled = "PodScheduled";

    public static void MarkGated(Pod pod)
    {
        if (pod.Spec.SchedulingGates.OrEmpty().Count == 0)
        {
            return;
        }
        pod.Status.Conditions =
        [
            new PodCondition
            {
                Type = Scheduled,
                Status = "False",
                Reason = "SchedulingGated",
                Message = "Scheduling is blocked due to non-empty scheduling gates",
            },
        ];
    }

    public static void MarkScheduled(Pod pod, DateTimeOffset now)
    {
        pod.Status.Conditions ??= [];
        var condition = pod.Status.Conditions.Find(one => one.Type == Scheduled);
        if (condition is null)
        {
            condition = new PodCondition { Type = Scheduled };
            pod.Status.Conditions.Add(condition);
        }
        if (condition.Status != "True")
        {
            (condition.Status, condition.Reason, condition.Message, condition.ObservedGeneration) = ("True", null, null, 0);
            condition.LastTransitionTime = now;
        }
    }
}
