using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Probes;

/// <summary>Runs a probe once, whatever its kind.</summary>
internal sealed class Prober(IContainerRuntime runtime, HttpProber http, TimeProvider time)
{
    private readonly ExecProber _exec = new(runtime);
    private readonly TcpProber _tcp = new(time);
    private readonly GrpcProber _grpc = new(time);

    public Task<ProbeOutcome> ProbeAsync(
        Pod pod, Container container, Probe probe, string containerId, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(Math.Max(probe.TimeoutSeconds, 1));
        return probe switch
        {
            { Exec: { } exec } => _exec.ProbeAsync(containerId, exec, timeout, cancellationToken),
            { HttpGet: { } get } => http.ProbeAsync(pod, container, get, podIPs, timeout, cancellationToken),
            { TcpSocket: { } socket } => _tcp.ProbeAsync(container, socket, podIPs, timeout, cancellationToken),
            { Grpc: { } grpc } => _grpc.ProbeAsync(grpc, podIPs, timeout, cancellationToken),
            _ => Task.FromResult(ProbeOutcome.Success()),
        };
    }
}
