using Sampan.Api;
using Sampan.Api.Batch.V1;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>The labels by which a job knows its pods, under their old and their present names.</summary>
internal static class JobLabels
{
    public const string Uid = "batch.kubernetes.io/controller-uid";
    private const string Name = "batch.kubernetes.io/job-name";

    public static IReadOnlyList<KeyValuePair<string, string>> Of(Job job) =>
    [
        new("controller-uid", job.Metadata.Uid),
        new("job-name", job.Metadata.Name),
        new(Uid, job.Metadata.Uid),
        new(Name, job.Metadata.Name),
    ];

    /// <summary>Those that a job must have. One that was made when there were only the old names needs no more than those.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Expected(Job job, Job? old) =>
        old is null || (Has(old, Uid) && Has(old, Name)) ? Of(job) : [.. Of(job).Where(label => label.Key is not (Uid or Name))];

    private static bool Has(Job job, string label) => job.Spec.Template.Metadata.Labels.OrEmpty().ContainsKey(label);
}
