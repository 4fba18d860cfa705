using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.RangeAllocation")]
[Kind("", "v1")]
public sealed partial class RangeAllocation : IObject<RangeAllocation>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("range", 2, Required = true)]
    public string Range { get; set; } = "";

    [Field("data", 3, Required = true)]
    public byte[] Data { get; set; } = [];
}
