using Sampan.Api.Meta.V1;

namespace Sampan.Api.Batch.V1;

/// <summary>Labels, annotations and specification of jobs to be created.</summary>
[ApiType("io.k8s.api.batch.v1.JobTemplateSpec")]
public sealed partial class JobTemplateSpec : IApiType<JobTemplateSpec>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What each created job does.</summary>
    [Field("spec", 2)]
    public JobSpec Spec { get; set; } = new();
}
