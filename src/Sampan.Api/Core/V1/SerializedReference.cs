namespace Sampan.Api.Core.V1;

/// <summary>An object reference in stored form.</summary>
[ApiType("io.k8s.api.core.v1.SerializedReference")]
[Kind("", "v1")]
public sealed partial class SerializedReference : ITyped<SerializedReference>
{
    /// <summary>The object that is referred to.</summary>
    [Field("reference", 1)]
    public ObjectReference Reference { get; set; } = new();
}
