namespace Sampan.Api.Core.V1;

/// <summary>What a hook does; exactly one of the fields is set.</summary>
[ApiType("io.k8s.api.core.v1.LifecycleHandler")]
public sealed partial class LifecycleHandler : IApiType<LifecycleHandler>
{
    /// <summary>Runs a command in the container.</summary>
    [Field("exec", 1)]
    public ExecAction? Exec { get; set; }

    /// <summary>Sends an HTTP request to the container.</summary>
    [Field("httpGet", 2)]
    public HTTPGetAction? HttpGet { get; set; }

    /// <summary>Deprecated and not supported: a hook that sets it fails when it runs.</summary>
    [Field("tcpSocket", 3)]
    public TCPSocketAction? TcpSocket { get; set; }

    /// <summary>Pauses the container for some seconds.</summary>
    [Field("sleep", 4)]
    public SleepAction? Sleep { get; set; }
}
