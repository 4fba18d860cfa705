using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Probes;

/// <summary>Asks a container's gRPC health service; SERVING is success.</summary>
internal sealed class GrpcProber(TimeProvider time)
{
    public static readonly GrpcMethod<Health.HealthCheckRequest, Health.HealthCheckResponse> Check =
        new("grpc.health.v1.Health", "Check", Health.HealthCheckResponse.Parser);

    public async Task<ProbeOutcome> ProbeAsync(GRPCAction action, IReadOnlyList<string> podIPs, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var host = podIPs.FirstOrDefault() ?? "";
        var authority = new Uri(host.Contains(':', StringComparison.Ordinal) ? $"http://[{host}]:{action.Port}" : $"http://{host}:{action.Port}");
        using var channel = new GrpcChannel(new SocketsHttpHandler { UseProxy = false }, authority, time);
        try
        {
            var answer = await channel.CallAsync(Check, new() { Service = action.Service ?? "" }, timeout, cancellationToken);
            return answer.Status == Health.HealthCheckResponse.Types.ServingStatus.Serving
                ? ProbeOutcome.Success("service healthy")
                : ProbeOutcome.Failure($"service unhealthy (responded with \"{answer.Status.ToString().ToUpperInvariant()}\")");
        }
        catch (RpcException e)
        {
            return ProbeOutcome.Failure(e.Code switch
            {
                GrpcStatusCode.Unimplemented => $"error: this server does not implement the grpc health protocol (grpc.health.v1.Health): {e.Detail}",
                GrpcStatusCode.DeadlineExceeded => $"timeout: health rpc did not complete within {timeout.TotalSeconds:0}s",
                _ => $"error: health rpc probe failed: {e.Message}",
            });
        }
    }
}
