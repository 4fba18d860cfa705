using Sampan.Api.Meta.V1;

namespace Sampan.Api.Batch.V1;

/// <summary>Makes a Job at every time of a schedule.</summary>
[ApiType("io.k8s.api.batch.v1.CronJob")]
[Kind("batch", "v1", Plural = "cronjobs", Singular = "cronjob", Namespaced = true, ShortNames = ["cj"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class CronJob : IObject<CronJob>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>When jobs are started, and what they are.</summary>
    [Field("spec", 2, Required = true)]
    public CronJobSpec Spec { get; set; } = new();

    /// <summary>Jobs running now, and when the last ones ran.</summary>
    [Field("status", 3)]
    public CronJobStatus Status { get; set; } = new();
}
