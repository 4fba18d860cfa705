namespace Sampan.Api.Core.V1;

/// <summary>Something that has to happen before the scheduler looks at a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodSchedulingGate")]
public sealed partial class PodSchedulingGate : IApiType<PodSchedulingGate>
{
    /// <summary>What the gate is called; whoever set it removes it under this name.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
