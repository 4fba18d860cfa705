namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SleepAction")]
public sealed partial class SleepAction : IApiType<SleepAction>
{
    [Field("seconds", 1, Required = true)]
    public long Seconds { get; set; }
}
