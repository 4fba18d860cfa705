namespace Sampan.Api.Core.V1;

/// <summary>Points to an object, or to a part of one.</summary>
[ApiType("io.k8s.api.core.v1.ObjectReference", MapType = "atomic")]
public sealed partial class ObjectReference : IApiType<ObjectReference>
{
    /// <summary>Kind of the object, such as Pod.</summary>
    [Field("kind", 1)]
    public string? Kind { get; set; }

    /// <summary>Namespace of the object; empty for cluster-wide ones.</summary>
    [Field("namespace", 2)]
    public string? Namespace { get; set; }

    /// <summary>Name that the object has in its namespace.</summary>
    [Field("name", 3)]
    public string? Name { get; set; }

    /// <summary>Identity of the object, which tells it from a later one of the same name.</summary>
    [Field("uid", 4)]
    public string? Uid { get; set; }

    /// <summary>API group and version of the object, such as apps/v1.</summary>
    [Field("apiVersion", 5)]
    public string? ApiVersion { get; set; }

    /// <summary>Exact version of the object that is meant, if it matters.</summary>
    [Field("resourceVersion", 6)]
    public string? ResourceVersion { get; set; }

    /// <summary>Part of the object that is meant, such as spec.containers{web}.</summary>
    [Field("fieldPath", 7)]
    public string? FieldPath { get; set; }
}
