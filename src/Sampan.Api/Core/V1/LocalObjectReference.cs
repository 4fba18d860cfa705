namespace Sampan.Api.Core.V1;

/// <summary>Points to an object in the same namespace; the kind follows from the context.</summary>
[ApiType("io.k8s.api.core.v1.LocalObjectReference", MapType = "atomic")]
public sealed partial class LocalObjectReference : IApiType<LocalObjectReference>
{
    /// <summary>Which object of that kind is meant.</summary>
    [Field("name", 1, Default = "")]
    public string? Name { get; set; }
}
