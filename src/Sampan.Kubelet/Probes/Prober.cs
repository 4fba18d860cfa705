using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Probes;

/// <summary>Runs a probe once, whatever its kind; again at once where the container could not even be asked.</summary>
internal sealed class Prober(IContainerRuntime runtime, HttpProber http, TimeProvider time)
{
    private const int MostTries = 3;
    private readonly ExecProber _exec = new(runtime);
    private readonly TcpProber _tcp = new(time);
    private readonly GrpcProber _grpc = new(time);

    public async Task<ProbeOutcome> ProbeAsync(
        Pod pod, Container container, Probe probe, string containerId, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(pod, container, probe, containerId, podIPs, cancellationToken);
        for (int tries = 1; outcome.IsError && tries < MostTries; tries++)
        {
            outcome = await TryAsync(pod, container, probe, containerId, podIPs, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Whatever a container answers, the worker that asks has to go on.</summary>
    private async Task<ProbeOutcome> TryAsync(
        Pod pod, Container container, Probe probe, string containerId, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync(pod, container, probe, containerId, podIPs, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ProbeOutcome.Error(e.Message);
        }
    }

    private Task<ProbeOutcome> OnceAsync(
        Pod pod, Container container, Probe probe, string containerId, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(Math.Max(probe.TimeoutSeconds, 1));
        return probe switch
        {
            { Exec: { } exec } => _exec.ProbeAsync(containerId, exec, timeout, cancellationToken),
            { HttpGet: { } get } => http.ProbeAsync(pod, container, get, podIPs, timeout, cancellationToken),
            { TcpSocket: { } socket } => _tcp.ProbeAsync(container, socket, podIPs, timeout, cancellationToken),
            { Grpc: { } grpc } => _grpc.ProbeAsync(grpc, podIPs, timeout, cancellationToken),
            _ => Task.FromResult(ProbeOutcome.Error($"missing probe handler for {pod.Describe()}:{container.Name}")),
        };
    }
}
