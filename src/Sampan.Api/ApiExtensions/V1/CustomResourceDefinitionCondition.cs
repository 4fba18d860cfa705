namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition")]
public sealed partial class CustomResourceDefinitionCondition : IApiType<CustomResourceDefinitionCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("message", 5)]
    public string? Message { get; set; }

    [Field("observedGeneration", 6)]
    public long ObservedGeneration { get; set; }
}
