using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>Runs postStart and preStop hooks.</summary>
internal sealed class HookRunner(IContainerRuntime runtime, HttpProber http, TimeProvider time)
{
    /// <returns>Null when the hook succeeded, else what went wrong.</returns>
    public async Task<string?> RunAsync(
        Pod pod, Container container, string id, LifecycleHandler hook, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        if (hook.Exec is { } exec)
        {
            return await ExecAsync(id, exec, cancellationToken);
        }

        if (hook.Sleep is { } sleep)
        {
            await Task.Delay(TimeSpan.FromSeconds(sleep.Seconds), time, cancellationToken);
            return null;
        }

        return hook.HttpGet is { } get ? await GetAsync(pod, container, get, podIPs, cancellationToken) : null;
    }

    private async Task<string?> ExecAsync(string id, ExecAction exec, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await runtime.ExecSyncAsync(id, exec.Command ?? [], TimeSpan.Zero, cancellationToken);
            return answer.ExitCode == 0
                ? null
                : $"Exec lifecycle hook ([{string.Join(' ', exec.Command ?? [])}]) failed - error: command exited with {answer.ExitCode}: {answer.Stderr.ToStringUtf8()}";
        }
        catch (RpcException e)
        {
            return $"Exec lifecycle hook failed - error: {e.Detail}";
        }
    }

    private async Task<string?> GetAsync(Pod pod, Container container, HTTPGetAction get, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var outcome = await http.ProbeAsync(pod, container, get, podIPs, TimeSpan.FromMinutes(5), cancellationToken);
        return outcome.IsSuccess ? null : outcome.Message;
    }
}
