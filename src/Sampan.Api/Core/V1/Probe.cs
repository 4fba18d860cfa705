namespace Sampan.Api.Core.V1;

/// <summary>A check that is run against a container at intervals.</summary>
[ApiType("io.k8s.api.core.v1.Probe")]
public sealed partial class Probe : IApiType<Probe>
{
    /// <summary>Runs a command in the container; exit code 0 passes.</summary>
    [Field("exec", 1, Embedded = [1])]
    public ExecAction? Exec { get; set; }

    /// <summary>Sends an HTTP request to the container; a status from 200 to 399 passes.</summary>
    [Field("httpGet", 2, Embedded = [1])]
    public HTTPGetAction? HttpGet { get; set; }

    /// <summary>Opens a TCP connection to the container; success in connecting passes.</summary>
    [Field("tcpSocket", 3, Embedded = [1])]
    public TCPSocketAction? TcpSocket { get; set; }

    /// <summary>Asks the gRPC health service of the container; the answer SERVING passes.</summary>
    [Field("grpc", 4, Embedded = [1])]
    public GRPCAction? Grpc { get; set; }

    /// <summary>Seconds to wait after the container's start before the first probe; 0 by default.</summary>
    [Field("initialDelaySeconds", 2)]
    public int InitialDelaySeconds { get; set; }

    /// <summary>Seconds after which an unanswered probe has failed; at least 1, the default.</summary>
    [Field("timeoutSeconds", 3)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Seconds from one probe to the next; 10 by default, at least 1.</summary>
    [Field("periodSeconds", 4)]
    public int PeriodSeconds { get; set; }

    /// <summary>Passes in a row that end a failure; 1 by default, and always 1 for liveness and startup.</summary>
    [Field("successThreshold", 5)]
    public int SuccessThreshold { get; set; }

    /// <summary>Failures in a row that count as a real one; 3 by default, at least 1.</summary>
    [Field("failureThreshold", 6)]
    public int FailureThreshold { get; set; }

    /// <summary>
    /// Seconds the container gets to stop after a failed probe, at least 1; the pod's grace period when absent. Not for readiness.
    /// </summary>
    [Field("terminationGracePeriodSeconds", 7)]
    public long? TerminationGracePeriodSeconds { get; set; }
}
