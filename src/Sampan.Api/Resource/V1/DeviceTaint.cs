namespace Sampan.Api.Resource.V1;

/// <summary>A mark on a device that keeps claims away, or sends their pods away.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceTaint")]
public sealed partial class DeviceTaint : IApiType<DeviceTaint>
{
    /// <summary>The taint's key, a label name.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>The taint's value, a label value.</summary>
    [Field("value", 2)]
    public string? Value { get; set; }

    /// <summary>NoSchedule keeps new claims away, NoExecute also evicts pods that use the device, None only informs.</summary>
    [Field("effect", 3, Required = true)]
    public string Effect { get; set; } = "";

    /// <summary>When the taint was put on; set by the server when absent.</summary>
    [Field("timeAdded", 4, Pointer = true)]
    public Time? TimeAdded { get; set; }
}
