using Sampan.Api.Meta.V1;

namespace Sampan.Api.Policy.V1;

/// <summary>How many of the chosen pods must stay available when pods are evicted.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudget")]
[Kind("policy", "v1", Plural = "poddisruptionbudgets", Singular = "poddisruptionbudget", Namespaced = true, ShortNames = ["pdb"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class PodDisruptionBudget : IObject<PodDisruptionBudget>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which pods belong together and how many of them must stay.</summary>
    [Field("spec", 2)]
    public PodDisruptionBudgetSpec Spec { get; set; } = new();

    /// <summary>How many of the pods are healthy and how many may be evicted now.</summary>
    [Field("status", 3)]
    public PodDisruptionBudgetStatus Status { get; set; } = new();
}
