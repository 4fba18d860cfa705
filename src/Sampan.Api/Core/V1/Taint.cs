namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Taint")]
public sealed partial class Taint : IApiType<Taint>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("value", 2)]
    public string? Value { get; set; }

    [Field("effect", 3, Required = true)]
    public string Effect { get; set; } = "";

    [Field("timeAdded", 4, Pointer = true)]
    public Time? TimeAdded { get; set; }
}
