namespace Sampan.Api.Core.V1;

/// <summary>A mark on a node that keeps away pods that do not tolerate it.</summary>
[ApiType("io.k8s.api.core.v1.Taint")]
public sealed partial class Taint : IApiType<Taint>
{
    /// <summary>What the taint is about; tolerations refer to it.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>Further detail that a toleration may have to equal.</summary>
    [Field("value", 2)]
    public string? Value { get; set; }

    /// <summary>NoSchedule keeps new pods away, PreferNoSchedule does so if possible, NoExecute also evicts running ones.</summary>
    [Field("effect", 3, Required = true)]
    public string Effect { get; set; } = "";

    /// <summary>When the taint was put on the node; tolerations with a time limit count from here.</summary>
    [Field("timeAdded", 4, Pointer = true)]
    public Time? TimeAdded { get; set; }
}
