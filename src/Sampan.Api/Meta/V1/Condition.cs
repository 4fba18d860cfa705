namespace Sampan.Api.Meta.V1;

/// <summary>One observation of an object's state, true, false or unknown, with its reason.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial class Condition : IApiType<Condition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    [Field("lastTransitionTime", 4, Required = true)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 5, Required = true)]
    public string Reason { get; set; } = "";

    [Field("message", 6, Required = true)]
    public string Message { get; set; } = "";
}
