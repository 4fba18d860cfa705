using Sampan.Api.Batch.V1;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>The labels by which a job knows its pods, under their old and their present names.</summary>
internal static class JobLabels
{
    public const string Uid = "batch.kubernetes.io/controller-uid";

    public static IReadOnlyList<KeyValuePair<string, string>> Of(Job job) =>
    [
        new("controller-uid", job.Metadata.Uid),
        new("job-name", job.Metadata.Name),
        new(Uid, job.Metadata.Uid),
        new("batch.kubernetes.io/job-name", job.Metadata.Name),
    ];
}
