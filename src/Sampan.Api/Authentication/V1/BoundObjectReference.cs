namespace Sampan.Api.Authentication.V1;

/// <summary>The object a service account token lives and dies with.</summary>
[ApiType("io.k8s.api.authentication.v1.BoundObjectReference")]
public sealed partial class BoundObjectReference : IApiType<BoundObjectReference>
{
    /// <summary>Kind of the object: Pod, Secret or Node.</summary>
    [Field("kind", 1)]
    public string? Kind { get; set; }

    /// <summary>API version of the object; v1 for all allowed kinds.</summary>
    [Field("apiVersion", 2)]
    public string? ApiVersion { get; set; }

    /// <summary>Object's name, in the namespace of the service account unless it is a Node.</summary>
    [Field("name", 3)]
    public string? Name { get; set; }

    /// <summary>If given, must equal the object's UID, so that a namesake is not taken for it.</summary>
    [Field("uid", 4)]
    public string? Uid { get; set; }
}
