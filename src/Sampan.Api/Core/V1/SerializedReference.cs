namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SerializedReference")]
[Kind("", "v1")]
public sealed partial class SerializedReference : ITyped<SerializedReference>
{
    [Field("reference", 1)]
    public ObjectReference Reference { get; set; } = new();
}
