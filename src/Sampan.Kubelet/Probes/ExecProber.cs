using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Probes;

/// <summary>Runs a command in the container; exit code 0 is success.</summary>
internal sealed class ExecProber(IContainerRuntime runtime)
{
    private const int MaxOutput = 10 * 1024;

    public async Task<ProbeOutcome> ProbeAsync(string containerId, ExecAction action, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var command = action.Command ?? [];
        try
        {
            var answer = await runtime.ExecSyncAsync(containerId, command, timeout, cancellationToken);
            var output = answer.Stdout.ToStringUtf8() + answer.Stderr.ToStringUtf8();
            output = output.Length > MaxOutput ? output[..MaxOutput] : output;
            return answer.ExitCode == 0 ? ProbeOutcome.Success(output) : ProbeOutcome.Failure(output);
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.DeadlineExceeded || e.Detail.Contains("timeout", StringComparison.Ordinal))
        {
            return ProbeOutcome.Failure($"command timed out: \"{string.Join(' ', command)}\" timed out after {timeout.TotalSeconds:0}s");
        }
        catch (RpcException e)
        {
            return ProbeOutcome.Error(e.Message);
        }
    }
}
