using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Record of which addresses or ports of a range are taken; internal, not served by the API.</summary>
[ApiType("io.k8s.api.core.v1.RangeAllocation")]
[Kind("", "v1")]
public sealed partial class RangeAllocation : IObject<RangeAllocation>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The range: an address block such as 10.0.0.0/24, or ports such as 30000-32767.</summary>
    [Field("range", 2, Required = true)]
    public string Range { get; set; } = "";

    /// <summary>Bit map of the range, in which a set bit means taken.</summary>
    [Field("data", 3, Required = true)]
    public byte[] Data { get; set; } = [];
}
