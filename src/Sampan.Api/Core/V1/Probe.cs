namespace Sampan.Api.Core.V1;

/// <summary>A check that is run against a container at intervals.</summary>
[ApiType("io.k8s.api.core.v1.Probe")]
public sealed partial class Probe : IApiType<Probe>
{
    [Field("exec", 1, Embedded = [1])]
    public ExecAction? Exec { get; set; }

    [Field("httpGet", 2, Embedded = [1])]
    public HTTPGetAction? HttpGet { get; set; }

    [Field("tcpSocket", 3, Embedded = [1])]
    public TCPSocketAction? TcpSocket { get; set; }

    [Field("grpc", 4, Embedded = [1])]
    public GRPCAction? Grpc { get; set; }

    [Field("initialDelaySeconds", 2)]
    public int InitialDelaySeconds { get; set; }

    [Field("timeoutSeconds", 3)]
    public int TimeoutSeconds { get; set; }

    [Field("periodSeconds", 4)]
    public int PeriodSeconds { get; set; }

    [Field("successThreshold", 5)]
    public int SuccessThreshold { get; set; }

    [Field("failureThreshold", 6)]
    public int FailureThreshold { get; set; }

    [Field("terminationGracePeriodSeconds", 7)]
    public long? TerminationGracePeriodSeconds { get; set; }
}
