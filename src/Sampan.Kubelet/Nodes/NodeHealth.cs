using Sampan.Client.Grpc;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Nodes;

/// <summary>What keeps the node from running pods.</summary>
internal sealed class NodeHealth(IContainerRuntime runtime, RuntimeCache cache, Func<bool> isShuttingDown)
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(3);

    /// <summary>What the runtime's handlers can do, as it said last.</summary>
    public IReadOnlyList<Cri.RuntimeHandler> Handlers { get; private set; } = [];

    /// <summary>What the runtime can do whatever the handler is; null where it does not say.</summary>
    public Cri.RuntimeFeatures? Features { get; private set; }

    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        try
        {
            var status = await runtime.StatusAsync(cancellationToken);
            (Handlers, Features) = (status.RuntimeHandlers, status.Features);
            foreach (var condition in status.Status.Conditions.Where(c => !c.Status))
            {
                var kind = condition.Type == "NetworkReady" ? "container runtime network not ready" : "container runtime not ready";
                problems.Add($"{kind}: {condition.Type}=false reason:{condition.Reason} message:{condition.Message}");
            }
        }
        catch (RpcException e)
        {
            problems.Add($"container runtime is down: {e.Detail}");
        }

        if (cache.SinceLastListing is not { } silence)
        {
            problems.Add("PLEG is not healthy: pleg has yet to be successful");
        }
        else if (silence > MaxSilence)
        {
            problems.Add($"PLEG is not healthy: pleg was last seen active {silence.TotalSeconds:0}s ago; threshold is {MaxSilence.TotalMinutes:0}m0s");
        }

        if (isShuttingDown())
        {
            problems.Add("node is shutting down");
        }

        return problems;
    }
}
