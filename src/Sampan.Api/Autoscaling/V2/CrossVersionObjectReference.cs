namespace Sampan.Api.Autoscaling.V2;

/// <summary>Points to an object of the same namespace, whatever version it is read in.</summary>
[ApiType("io.k8s.api.autoscaling.v2.CrossVersionObjectReference")]
public sealed partial class CrossVersionObjectReference : IApiType<CrossVersionObjectReference>
{
    /// <summary>Kind of the object, such as Deployment.</summary>
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>Which object of that kind, by name.</summary>
    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Group and version of the object, such as apps/v1.</summary>
    [Field("apiVersion", 3)]
    public string? ApiVersion { get; set; }
}
