using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>What jobs and the templates of cron jobs have when their author does not say.</summary>
internal static class JobDefaults
{
    public static void ApplyShared(JobSpec spec)
    {
        foreach (var pattern in (spec.PodFailurePolicy?.Rules).OrEmpty().SelectMany(rule => rule.OnPodConditions.OrEmpty()))
        {
            pattern.Status = pattern.Status.Length == 0 ? "True" : pattern.Status;
        }
        PodDefaults.ApplyTemplate(spec.Template.Spec);
    }
}
