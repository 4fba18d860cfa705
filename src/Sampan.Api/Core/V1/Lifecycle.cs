namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Lifecycle")]
public sealed partial class Lifecycle : IApiType<Lifecycle>
{
    [Field("postStart", 1)]
    public LifecycleHandler? PostStart { get; set; }

    [Field("preStop", 2)]
    public LifecycleHandler? PreStop { get; set; }

    [Field("stopSignal", 3, Pointer = true)]
    public string? StopSignal { get; set; }
}
