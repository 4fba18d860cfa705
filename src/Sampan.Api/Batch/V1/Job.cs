using Sampan.Api.Meta.V1;

namespace Sampan.Api.Batch.V1;

/// <summary>Runs pods until enough of them have succeeded.</summary>
[ApiType("io.k8s.api.batch.v1.Job")]
[Kind("batch", "v1", Plural = "jobs", Singular = "job", Namespaced = true, Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Job : IObject<Job>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The pods to run, how many must succeed, and when to give up.</summary>
    [Field("spec", 2)]
    public JobSpec Spec { get; set; } = new();

    /// <summary>How far the job has got.</summary>
    [Field("status", 3)]
    public JobStatus Status { get; set; } = new();
}
