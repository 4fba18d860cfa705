using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Pods;

/// <summary>Runs postStart and preStop hooks. Upstream: pkg/kubelet/lifecycle/handlers.go.</summary>
internal sealed class HookRunner(IContainerRuntime runtime, HttpProber http, IPodEvents events, PodMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan HttpLimit = TimeSpan.FromMinutes(5);

    /// <returns>Null when the hook succeeded, else what went wrong.</returns>
    public async Task<string?> RunAsync(
        Pod pod, Container container, string id, LifecycleHandler hook, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var whose = $"for Container \"{container.Name}\" in Pod \"{pod.Describe()}\"";
        if (hook.Exec is { } exec)
        {
            return await ExecAsync(id, exec.Command ?? [], whose, cancellationToken);
        }

        if (hook.Sleep is { } sleep)
        {
            await SleepAsync(sleep.Seconds, cancellationToken);
            return null;
        }

        if (hook.HttpGet is { } get)
        {
            return await GetAsync(pod, container, get, podIPs, cancellationToken) is { } error ? $"HTTP lifecycle hook ({get.Path}) {whose} failed - error: {error}" : null;
        }

        // A hook that opens a connection may be asked for, but was never there.
        return "Cannot run handler: invalid handler";
    }

    private async Task SleepAsync(long seconds, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            metrics.SleepCutShort();
            throw;
        }
    }

    private async Task<string?> ExecAsync(string id, IReadOnlyList<string> command, string whose, CancellationToken cancellationToken)
    {
        var what = $"Exec lifecycle hook ([{string.Join(' ', command)}]) {whose} failed";
        try
        {
            var answer = await runtime.ExecSyncAsync(id, command, TimeSpan.Zero, cancellationToken);
            return answer.ExitCode == 0
                ? null
                : $"{what} - error: command '{string.Join(' ', command)}' exited with {answer.ExitCode}: {answer.Stderr.ToStringUtf8()}, message: \"{answer.Stdout.ToStringUtf8()}{answer.Stderr.ToStringUtf8()}\"";
        }
        catch (RpcException e)
        {
            return $"{what} - error: {e.Message}, message: \"\"";
        }
    }

    /// <summary>Any answer will do. A server that turns out not to speak TLS is asked without it, and without what only it may know.</summary>
    private async Task<string?> GetAsync(Pod pod, Container container, HTTPGetAction get, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var outcome = await http.AskAsync(container, get, podIPs, HttpLimit, cancellationToken);
        if (!outcome.IsPlain)
        {
            return outcome.Error;
        }

        var plain = get.DeepClone();
        plain.Scheme = "HTTP";
        plain.HttpHeaders?.RemoveAll(h => h.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
        var second = await http.AskAsync(container, plain, podIPs, HttpLimit, cancellationToken);
        if (second.Error is not null)
        {
            return outcome.Error;
        }

        metrics.FellBackToHttp();
        events.Pod(pod, null, EventReasons.Warning, EventReasons.LifecycleHttpFallback, $"request to HTTPS lifecycle hook {second.Authority} got HTTP response, retry with HTTP succeeded");
        return null;
    }
}
