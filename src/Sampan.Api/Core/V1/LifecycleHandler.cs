namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LifecycleHandler")]
public sealed partial class LifecycleHandler : IApiType<LifecycleHandler>
{
    [Field("exec", 1)]
    public ExecAction? Exec { get; set; }

    [Field("httpGet", 2)]
    public HTTPGetAction? HttpGet { get; set; }

    [Field("tcpSocket", 3)]
    public TCPSocketAction? TcpSocket { get; set; }

    [Field("sleep", 4)]
    public SleepAction? Sleep { get; set; }
}
