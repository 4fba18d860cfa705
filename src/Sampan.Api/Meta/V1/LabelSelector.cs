namespace Sampan.Api.Meta.V1;

/// <summary>Chooses objects by labels; all conditions must hold, and an empty one chooses everything.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector", MapType = "atomic")]
public sealed partial class LabelSelector : IApiType<LabelSelector>
{
    /// <summary>Labels that an object must have with exactly these values.</summary>
    [Field("matchLabels", 1)]
    public Dictionary<string, string>? MatchLabels { get; set; }

    /// <summary>Further conditions on labels; all of them have to hold.</summary>
    [Field("matchExpressions", 2, ListType = "atomic")]
    public List<LabelSelectorRequirement>? MatchExpressions { get; set; }
}
