namespace Sampan.Api.Core.V1;

/// <summary>A mark on a node that keeps away pods that do not tolerate it.</summary>
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
