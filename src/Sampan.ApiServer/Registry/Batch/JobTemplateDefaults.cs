using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>A cron job's template keeps the job's own defaults for the job; only its pods are filled in.</summary>
internal static class JobTemplateDefaults
{
    public static void Apply(JobSpec spec) => PodDefaults.ApplyTemplate(spec.Template.Spec);
}
